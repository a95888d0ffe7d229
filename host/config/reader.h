#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.h"
#include "config/fault.h"
#include "config/masking.h"
#include "config/schema.h"
#include "config/suggest.h"

namespace jackgw::config {

/// Walks the tables of one TOML document, stores what is right and gathers a fault for each thing that is
/// not. The only class that knows the TOML library. Single-threaded.
class Reader {
  public:
    Reader(std::filesystem::path file, const Environment& environment);

    const std::vector<Fault>& faults() const { return faults_; }
    std::vector<Fault> take_faults() { return std::move(faults_); }
    void fault(int line, std::string key, std::string value, std::string problem);

    /// A table within another: null if it is not there, or not a table (a fault).
    const toml::table* table(const toml::table& parent, const std::string& prefix, const std::string& name);
    /// A list of tables; empty if it is not there, or something else (a fault).
    std::vector<const toml::table*> tables(const toml::table& parent, const std::string& prefix,
                                           const std::string& name);
    /// A fault for each key that is not allowed.
    void refuse_unknown(const toml::table& table, const std::string& prefix,
                        const std::vector<std::string>& allowed);
    /// The value free of the library, variables filled in; nothing if that failed (a fault).
    std::optional<Value> value(const toml::node& node, const std::string& key);

    /// Reads a section's keys into `target`: unknown, missing and refused ones become faults.
    template <class Target>
    void read(const toml::table& table, const std::string& prefix, const Section<Target>& section,
              Target& target) {
        std::vector<std::string> allowed;
        for (const Key<Target>& key : section.keys) allowed.push_back(key.name);
        allowed.insert(allowed.end(), section.tables.begin(), section.tables.end());
        refuse_unknown(table, prefix, allowed);
        for (const Key<Target>& key : section.keys) read_key(table, prefix + "." + key.name, key, target);
    }

    static int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

  private:
    template <class Target>
    void read_key(const toml::table& table, const std::string& path, const Key<Target>& key, Target& target) {
        const toml::node* node = table.get(key.name);
        if (node == nullptr) {
            if (key.required) fault(line_of(table), path, {}, "is missing; it must be " + key.expected);
            return;
        }
        const auto given = value(*node, path);
        if (!given) return;
        const auto refusal = key.store(target, *given);
        if (!refusal) return;
        fault(refusal->culprit->line, path, shown(*refusal->culprit, key.secret),
              refusal->problem.empty() ? "must be " + key.expected : refusal->problem);
    }

    static std::string shown(const Value& value, bool secret);

    std::filesystem::path file_;
    const Environment& environment_;
    std::vector<Fault> faults_;
};

}  // namespace jackgw::config
