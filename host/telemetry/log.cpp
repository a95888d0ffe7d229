#include "telemetry/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace jackgw::telemetry {

std::shared_ptr<spdlog::sinks::sink> stderr_sink() {
    return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

std::shared_ptr<spdlog::sinks::sink> stream_sink(std::ostream& stream) {
    constexpr bool flush_each_line = true;
    return std::make_shared<spdlog::sinks::ostream_sink_mt>(stream, flush_each_line);
}

std::shared_ptr<spdlog::sinks::sink> null_sink() {
    return std::make_shared<spdlog::sinks::null_sink_mt>();
}

Log::Log(LogOptions options, const Redactor& redactor, const Clock& clock,
         std::shared_ptr<spdlog::sinks::sink> sink)
    : options_(std::move(options)),
      redactor_(redactor),
      clock_(clock),
      logger_(std::make_unique<spdlog::logger>("jackgw", std::move(sink))) {
    logger_->set_level(spdlog::level::trace);  // enabled() decides
    logger_->set_formatter(
        std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, "\n"));
    // spdlog's own handler would write to standard error past the redactor.
    logger_->set_error_handler([](const std::string&) {});
}

Log::~Log() = default;

void Log::write_line(Level level, std::string_view message, std::span<const Field> fields) noexcept {
    try {
        const std::string line =
            format_line(options_.format, clock_.now(), level, message, fields, redactor_);
        logger_->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
        if (options_.on_line) options_.on_line(level);
    } catch (...) {
        // Out of memory or a broken sink: whoever logs must not fail for it.
    }
}

}  // namespace jackgw::telemetry
