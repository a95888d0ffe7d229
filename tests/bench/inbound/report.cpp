#include "report.h"

#include <cstdio>

namespace jackgw::bench {

namespace {

void print_mode(const Mode& mode, const std::map<int, Measured>& rows) {
    const bool commits = rows.begin()->second.commits.count > 0;
    std::printf("\n%s: %s\n%12s %12s %9s %9s %14s%s\n", mode.name, mode.meaning, "connections", "requests/s",
                "p50 ms", "p99 ms", "CPU ms/request", commits ? "   texts/commit   commit ms" : "");
    for (const auto& [connections, row] : rows) {
        std::printf("%12d %12.0f %9.2f %9.2f %14.3f", connections, row.rate(), row.latencies.quantile_ms(0.5),
                    row.latencies.quantile_ms(0.99), row.cpu_ms());
        if (commits) std::printf(" %14.1f %11.2f", row.commits.batch(), row.commits.ms());
        std::printf("\n");
    }
}

/// One mode's figures divided by another's.
void print_ratio(const Results& results, const char* above, const char* below) {
    std::printf("\n%s / %s\n%12s %12s %9s %9s %14s\n", above, below, "connections", "requests/s", "p50",
                "p99", "CPU/request");
    for (const auto& [connections, row] : results.at(above)) {
        const Measured& base = results.at(below).at(connections);
        const auto quantiles = [&](double part) {
            return row.latencies.quantile_ms(part) / base.latencies.quantile_ms(part);
        };
        std::printf("%12d %12.2f %9.2f %9.2f %14.2f\n", connections, row.rate() / base.rate(), quantiles(0.5),
                    quantiles(0.99), row.cpu_ms() / base.cpu_ms());
    }
}

}  // namespace

void print_report(const Results& results) {
    for (const Mode& mode : modes)
        if (const auto rows = results.find(mode.name); rows != results.end()) print_mode(mode, rows->second);
    print_ratio(results, "signature", "static");
    print_ratio(results, "full", "static");
    print_ratio(results, "full", "signature");
    if (results.contains("other")) print_ratio(results, "full", "other");
    std::fflush(stdout);
}

}  // namespace jackgw::bench
