#pragma once

#include <spdlog/fwd.h>

#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <span>
#include <string_view>

#include "base/time.h"
#include "telemetry/log_line.h"
#include "telemetry/redactor.h"

namespace jackgw::telemetry {

/// Where lines go, safe from any thread: this process's standard error, flushed line by line.
std::shared_ptr<spdlog::sinks::sink> stderr_sink();
/// A stream that outlives the log.
std::shared_ptr<spdlog::sinks::sink> stream_sink(std::ostream& stream);
/// Nowhere.
std::shared_ptr<spdlog::sinks::sink> null_sink();

struct LogOptions {
    Format format = Format::text;
    Level level = Level::info;  ///< the least level written
    /// Told of each line that was written; called on the thread that logs, must not throw or log. May be
    /// empty.
    std::function<void(Level)> on_line = {};
};

/// The log: one line an event, for people or for machines, redacted. Passed by reference to whoever logs;
/// there is no global one, and spdlog's registry is not used, since a logger left there at exit outlives its
/// sinks.
///
/// Safe from any thread. Never throws: a line that cannot be written is lost. A disabled level costs one
/// comparison.
class Log {
  public:
    using Fields = std::initializer_list<Field>;

    /// The redactor and the clock must outlive the log.
    Log(LogOptions options, const Redactor& redactor, const Clock& clock,
        std::shared_ptr<spdlog::sinks::sink> sink = stderr_sink());
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    bool enabled(Level level) const noexcept { return level >= options_.level; }

    void debug(std::string_view message, Fields fields = {}) noexcept {
        write(Level::debug, message, fields);
    }
    void info(std::string_view message, Fields fields = {}) noexcept { write(Level::info, message, fields); }
    void warning(std::string_view message, Fields fields = {}) noexcept {
        write(Level::warning, message, fields);
    }
    void error(std::string_view message, Fields fields = {}) noexcept {
        write(Level::error, message, fields);
    }
    void write(Level level, std::string_view message, Fields fields = {}) noexcept {
        if (enabled(level)) write_line(level, message, {fields.begin(), fields.size()});
    }

  private:
    void write_line(Level level, std::string_view message, std::span<const Field> fields) noexcept;

    const LogOptions options_;
    const Redactor& redactor_;
    const Clock& clock_;
    std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace jackgw::telemetry
