// How many guests' texts a second the gateway takes, how long each waits for its answer, and what it costs.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "load.h"
#include "options.h"
#include "report.h"
#include "stored.h"
#include "targets.h"

using namespace jackgw;
using namespace jackgw::bench;

namespace {

/// Requests and how far they are used up. Those for the gateway are sent once each, or it would take them for
/// repetitions; the others hold nothing in memory and may come again.
struct Stock {
    SignedRequests requests;
    std::size_t next = 0;
    bool repeat = false;
};

class Benchmark {
  public:
    explicit Benchmark(const Options& options) : options_(options) {
        targets_.emplace("static", Target::edge("static"));
        targets_.emplace("signature", Target::edge("signature"));
        targets_.emplace("full", Target::gateway(folder_));
        if (!options.other.empty()) targets_.emplace("other", Target::gateway(other_folder_, options.other));
    }

    Results run() {
        warm_up();
        Results results;
        const auto count = static_cast<std::size_t>(options_.seconds * static_cast<double>(options_.rate));
        const std::chrono::duration<double> turn(options_.seconds / options_.rounds);
        for (const int connections : options_.connections) {
            std::printf("%d connections …\n", connections);
            std::fflush(stdout);
            auto stocks = make_stocks(count);
            for (int round = 0; round < options_.rounds; ++round)
                for (const std::string& mode : turns(round))
                    results[mode][connections].add(
                        measure(targets_.at(mode), stocks.at(mode), connections, turn));
            taken_ += results["full"][connections].answers;
        }
        return results;
    }

    /// What was answered must be there, once each.
    void check_stored() {
        for (auto& [name, target] : targets_) target.stop();
        const Stored stored = count_stored(folder_.path() / "jack.db");
        std::printf("\n%llu texts of %llu guests answered and found in the database\n",
                    static_cast<unsigned long long>(stored.messages),
                    static_cast<unsigned long long>(stored.guests));
        if (stored.messages != taken_ || stored.guests > options_.senders)
            throw std::runtime_error("the gateway has acknowledged " + std::to_string(taken_) +
                                     " texts of at most " + std::to_string(options_.senders) + " guests");
    }

  private:
    /// Threads, caches, and every guest's first text: what comes once shall not be measured.
    void warm_up() {
        auto stocks = make_stocks(options_.senders);
        for (auto& [mode, target] : targets_) {
            Stock& stock = stocks.at(mode);
            stock.repeat = false;
            measure(target, stock, 64, std::chrono::seconds{60});
        }
        taken_ += stocks.at("full").next;
    }

    /// To and fro: what a mode leaves behind, such as pages that the kernel has yet to write, burdens the
    /// next.
    std::vector<std::string> turns(int round) const {
        std::vector<std::string> order;
        for (const auto& [mode, target] : targets_) order.push_back(mode);
        if (round % 2 == 1) std::ranges::reverse(order);
        return order;
    }

    std::map<std::string, Stock> make_stocks(std::size_t count) {
        std::map<std::string, Stock> stocks;
        stocks.emplace("static", Stock{{signed_, 2000, options_.senders}, 0, true});
        stocks.emplace("signature", Stock{{signed_, 2000, options_.senders}, 0, true});
        stocks.emplace("full", Stock{{signed_, count, options_.senders}, 0, false});
        stocks.emplace("other", stocks.at("full"));
        signed_ += count;
        return stocks;
    }

    static Measured measure(const Target& target, Stock& stock, int connections,
                            std::chrono::duration<double> duration) {
        const Commits commits = read_commits(target.port());
        const double cpu = target.cpu_seconds();
        Measured result =
            load(target.port(), stock.requests, stock.next, stock.repeat, connections, duration);
        result.cpu_seconds = target.cpu_seconds() - cpu;
        result.commits = read_commits(target.port()).since(commits);
        return result;
    }

    const Options options_;
    const test::TempFolder folder_;
    const test::TempFolder other_folder_;
    std::map<std::string, Target> targets_;
    std::uint64_t signed_ = 0;
    std::uint64_t taken_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    int exit_code = 0;
    const auto options = read_options(count, arguments, exit_code);
    if (!options) return exit_code;
    try {
        std::printf("%u processors; %g s for each mode in %d rounds, %u senders\n",
                    std::thread::hardware_concurrency(), options->seconds, options->rounds, options->senders);
        Benchmark benchmark(*options);
        const Results results = benchmark.run();
        print_report(results);
        benchmark.check_stored();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "the benchmark failed: %s\n", error.what());
        return 1;
    }
}
