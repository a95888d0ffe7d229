#include "report.h"

#include <cstdio>

namespace jackgw::bench {

namespace {

void print_mode(const Mode& mode, const std::map<int, Measured>& rows) {
    std::printf("\n%s: %s\n%12s %12s %9s %9s %14s\n", mode.name, mode.meaning, "connections", "requests/s",
                "p50 ms", "p99 ms", "CPU ms/request");
    for (const auto& [connections, row] : rows)
        std::printf("%12d %12.0f %9.2f %9.2f %14.3f\n", connections, row.rate(),
                    row.latencies.quantile_ms(0.5), row.latencies.quantile_ms(0.99), row.cpu_ms());
}

void print_ratios(const char* what, const Results& results, double (Measured::*figure)() const) {
    const auto& base = results.at("static");
    const auto& checked = results.at("signature");
    const auto& full = results.at("full");
    std::printf("\nratios of %s\n%12s %17s %13s %16s\n", what, "connections", "signature/static",
                "full/static", "full/signature");
    for (const auto& [connections, row] : full) {
        const double all = (row.*figure)();
        const double check = (checked.at(connections).*figure)();
        const double nothing = (base.at(connections).*figure)();
        std::printf("%12d %17.2f %13.2f %16.2f\n", connections, check / nothing, all / nothing, all / check);
    }
}

}  // namespace

void print_report(const Results& results) {
    for (const Mode& mode : modes) print_mode(mode, results.at(mode.name));
    print_ratios("CPU ms/request", results, &Measured::cpu_ms);
    print_ratios("requests/s", results, &Measured::rate);
    std::fflush(stdout);
}

}  // namespace jackgw::bench
