#include "config/options.h"

#include <algorithm>
#include <optional>

#include "config/key.h"
#include "config/masking.h"
#include "config/option_value.h"
#include "config/suggest.h"

namespace jackgw::config {

namespace {

/// A value on its way through the checks, with what a message needs to say where it came from.
struct Candidate {
    std::string text;
    std::string shown;
    std::string origin;  ///< empty: the file; else " (from …)"
    int line = 0;
};

std::string missing(const OptionSpec& spec) {
    std::string text = "is missing; set it here";
    if (!spec.env.empty()) text += " or in the environment variable " + spec.env;
    return spec.description.empty() ? text : text + " (" + spec.description + ")";
}

/// Where options stand: the channel's own table, or a row of a list.
struct Place {
    const std::vector<RawOption>& given;
    std::string key;   ///< what the plugin's keys begin with: "", "senders[0]."
    std::string name;  ///< the same for people: "", "senders[1]."
    int line = 0;
};

/// Resolves the options of one channel and gathers the faults.
class Resolver {
  public:
    Resolver(const std::vector<OptionSpec>& specs, const Channel& channel, const std::filesystem::path& file,
             const Environment& environment)
        : specs_(specs), channel_(channel), file_(file), environment_(environment) {}

    std::variant<std::vector<Option>, std::vector<Fault>> resolve() && {
        const Place top{channel_.options, "", "", channel_.line};
        std::vector<std::string> lists;
        for (const OptionSpec& spec : specs_) {
            if (spec.list.empty()) {
                resolve_option(spec, top);
            } else if (std::ranges::find(lists, spec.list) == lists.end()) {
                lists.push_back(spec.list);
                resolve_list(spec.list);
            }
        }
        refuse_unknown(top, lists);
        refuse_other_lists(lists);
        if (!faults_.empty()) return std::move(faults_);
        return std::move(options_);
    }

  private:
    static bool is_hidden(const OptionSpec& spec) { return spec.secret || looks_secret(spec.key); }

    void resolve_option(const OptionSpec& spec, const Place& place) {
        const auto raw = std::ranges::find(place.given, spec.key, &RawOption::key);
        std::optional<Candidate> candidate;
        if (raw == place.given.end()) {
            candidate = fall_back(spec, place);
        } else if (const auto text = text_of(spec, *raw)) {
            if (!text->empty()) candidate = {*text, raw->shown, "", raw->line};
        } else {
            fault(raw->line, place.name + spec.key, is_hidden(spec) ? "(hidden)" : raw->shown,
                  "must be " + expected(spec));
            return;
        }
        if (candidate) {
            accept(spec, place, *candidate);
        } else if (spec.required) {
            fault(raw == place.given.end() ? place.line : raw->line, place.name + spec.key, "",
                  missing(spec));
        }
    }

    void resolve_list(const std::string& key) {
        const auto list = std::ranges::find(channel_.option_lists, key, &RawOptionList::key);
        if (list == channel_.option_lists.end()) return;
        for (std::size_t i = 0; i < list->rows.size(); ++i) {
            const RawOptionList::Row& row = list->rows[i];
            const Place place{row.options, key + "[" + std::to_string(i) + "].",
                              key + "[" + std::to_string(i + 1) + "].", row.line};
            for (const OptionSpec& spec : specs_) {
                if (spec.list == key) resolve_option(spec, place);
            }
            refuse_unknown(place, {}, key);
        }
    }

    /// A fault for each option of a table that isn't declared there.
    void refuse_unknown(const Place& place, const std::vector<std::string>& lists,
                        const std::string& list = {}) {
        const std::vector<std::string> allowed = allowed_in(list, lists);
        for (const RawOption& raw : place.given) {
            if (std::ranges::find(lists, raw.key) != lists.end()) {
                fault(raw.line, raw.key, looks_secret(raw.key) ? "" : raw.shown,
                      "must be a list of tables, each written [[" + path_of(raw.key) + "]]");
            } else if (std::ranges::find(allowed, raw.key) == allowed.end()) {
                fault(raw.line, place.name + raw.key, "", unknown_key(raw.key, allowed));
            }
        }
    }

    void refuse_other_lists(const std::vector<std::string>& lists) {
        const std::vector<std::string> allowed = allowed_in({}, lists);
        for (const RawOptionList& raw : channel_.option_lists) {
            if (std::ranges::find(lists, raw.key) != lists.end()) continue;
            const auto option = std::ranges::find_if(
                specs_, [&](const OptionSpec& spec) { return spec.list.empty() && spec.key == raw.key; });
            fault(raw.line, raw.key, "",
                  option == specs_.end() ? unknown_key(raw.key, allowed) : "must be " + expected(*option));
        }
    }

    /// The keys of a list's rows, or of the channel's own table with its lists.
    std::vector<std::string> allowed_in(const std::string& list,
                                        const std::vector<std::string>& lists) const {
        std::vector<std::string> allowed;
        for (const OptionSpec& spec : specs_) {
            if (spec.list == list) allowed.push_back(spec.key);
        }
        allowed.insert(allowed.end(), lists.begin(), lists.end());
        return allowed;
    }

    std::optional<Candidate> fall_back(const OptionSpec& spec, const Place& place) const {
        if (!spec.env.empty()) {
            const auto value = environment_(spec.env);
            if (value && !value->empty())
                return Candidate{*value, in_quotes(*value),
                                 " (from the environment variable " + spec.env + ")", place.line};
        }
        if (spec.default_value.empty()) return std::nullopt;
        return Candidate{spec.default_value, in_quotes(spec.default_value), " (the plugin's default)",
                         place.line};
    }

    void accept(const OptionSpec& spec, const Place& place, const Candidate& candidate) {
        const auto problem = problem_with(spec, candidate.text);
        if (!problem) {
            options_.push_back({place.key + spec.key, candidate.text, spec.secret, place.name + spec.key});
            return;
        }
        const std::string value = is_hidden(spec) ? hidden(candidate.text) : candidate.shown;
        fault(candidate.line, place.name + spec.key, value + candidate.origin, *problem);
    }

    std::string path_of(const std::string& name) const {
        return "channels." + channel_.name + ".options." + name;
    }

    void fault(int line, const std::string& name, std::string value, std::string problem) {
        faults_.push_back({file_, line, path_of(name), std::move(value), std::move(problem)});
    }

    const std::vector<OptionSpec>& specs_;
    const Channel& channel_;
    const std::filesystem::path& file_;
    const Environment& environment_;
    std::vector<Option> options_;
    std::vector<Fault> faults_;
};

}  // namespace

std::string declared_key(const OptionSpec& spec) {
    return spec.list.empty() ? spec.key : spec.list + "[]." + spec.key;
}

std::variant<std::vector<Option>, std::vector<Fault>> resolve_options(const std::vector<OptionSpec>& specs,
                                                                      const Channel& channel,
                                                                      const std::filesystem::path& file,
                                                                      const Environment& environment) {
    return Resolver(specs, channel, file, environment).resolve();
}

std::string shown(const Option& option) {
    return option.secret || looks_secret(option.key) ? hidden(option.value) : in_quotes(option.value);
}

std::vector<std::string> secrets_of(const Config& config) {
    std::vector<std::string> secrets;
    for (const ApiToken& token : config.api_tokens) secrets.push_back(token.token);
    return secrets;
}

std::vector<std::string> secrets_of(const std::vector<Option>& options) {
    std::vector<std::string> secrets;
    for (const Option& option : options) {
        if (option.secret) secrets.push_back(option.value);
    }
    return secrets;
}

}  // namespace jackgw::config
