#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "../../support/process.h"
#include "../../support/temp_folder.h"

namespace jackgw::bench {

/// A server under load, a process of its own. Killed with the object.
class Target {
  public:
    /// The gateway's HTTP server in front of next to nothing: `kind` is "static" or "signature".
    static Target edge(const std::string& kind);
    /// `jack-gateway serve` with the SMS plugin and the database `folder`/jack.db, all else as by default.
    static Target gateway(const test::TempFolder& folder);
    /// The same of another build: `program` with the plugins in ../plugins.
    static Target gateway(const test::TempFolder& folder, const std::filesystem::path& program);

    std::uint16_t port() const { return port_; }
    double cpu_seconds() const;

    /// Ends it in order. Throws std::runtime_error with what it printed if it doesn't end well.
    void stop();

  private:
    explicit Target(std::unique_ptr<test::Process> process);

    std::unique_ptr<test::Process> process_;
    std::uint16_t port_;
};

}  // namespace jackgw::bench
