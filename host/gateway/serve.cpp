#include "gateway/serve.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>

#include "config/load.h"
#include "gateway/gateway.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::gateway {

namespace {

/// The signals that end the gateway, kept from every thread so that one can wait for them.
class EndingSignals {
  public:
    EndingSignals() {
        ::sigemptyset(&set_);
        ::sigaddset(&set_, SIGTERM);
        ::sigaddset(&set_, SIGINT);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        ::signal(SIGPIPE,
                 SIG_IGN);  // a peer that has gone is an error of that write, not the end of the gateway
    }

    int wait() const {
        int number = 0;
        ::sigwait(&set_, &number);
        return number;
    }

  private:
    sigset_t set_{};
};

/// A thousand connections, each with its descriptor, are more than the usual soft limit allows.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

telemetry::LogOptions log_options(const config::Log& log, telemetry::Metrics& metrics) {
    return {telemetry::parse_format(log.format).value_or(telemetry::Format::text),
            telemetry::parse_level(log.level).value_or(telemetry::Level::info),
            [&metrics](telemetry::Level level) { metrics.log_line(to_string(level)); }};
}

int run(const config::Config& config) {
    const EndingSignals signals;
    raise_descriptor_limit();
    const SystemClock clock;
    telemetry::Redactor redactor;
    telemetry::Metrics metrics(JACKGW_VERSION);
    telemetry::Log log(log_options(config.log, metrics), redactor, clock);
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
    try {
        Gateway gateway(
            config, {config::process_environment(), clock, redactor, log, metrics, program, JACKGW_VERSION});
        gateway.start();
        const int number = signals.wait();
        log.info("stopping", {{"signal", number == SIGTERM ? "SIGTERM" : "SIGINT"}});
        if (!gateway.stop()) {
            // Threads are still inside plugins or providers: nothing may be taken from under them. What is
            // committed is safe.
            std::cerr.flush();
            std::_Exit(EXIT_FAILURE);
        }
        log.info("stopped");
        return EXIT_SUCCESS;
    } catch (const plugins::OptionError& error) {
        std::cerr << error.what() << '\n';
        return 2;
    } catch (const std::exception& error) {
        log.error("the gateway can't run: " + std::string(error.what()));
        return EXIT_FAILURE;
    }
}

}  // namespace

int serve(const std::filesystem::path& config_file) {
    const auto loaded = config::load(config_file, config::process_environment());
    if (const auto* faults = std::get_if<std::vector<config::Fault>>(&loaded)) {
        std::cerr << config::to_string(*faults);
        return 2;
    }
    return run(std::get<config::Config>(loaded));
}

}  // namespace jackgw::gateway
