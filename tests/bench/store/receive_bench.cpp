#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "storage/open_store.h"

using namespace jackgw;
using Steady = std::chrono::steady_clock;

namespace {

InboundMessage make_message(int number, Timestamp now) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = "SM" + std::to_string(number);
    message.from = "+1555" + std::to_string(1000000 + number % 5000);
    message.to = "+15551234567";
    message.content = "Could we have two more towels in room " + std::to_string(number % 400) + "?";
    message.encoding = "GSM-7";
    message.provider_status = "received";
    message.segments = 1;
    for (int i = 0; i < 16; ++i) message.raw.emplace_back("Parameter" + std::to_string(i), "value of it");
    message.raw.emplace_back("Body", message.content);
    message.received_at = now;
    return message;
}

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int count, char** arguments) {
    const int threads = count > 1 ? std::atoi(arguments[1]) : 64;
    const auto longest = std::chrono::seconds{count > 2 ? std::atoi(arguments[2]) : 5};
    const SystemClock clock;
    IdGenerator ids(clock);
    const test::TempFolder folder;
    const auto store = storage::open_store(folder / "jack.db", clock, ids);
    std::atomic<int> next{0};
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(threads));
    const auto start = Steady::now();
    const double cpu_start = cpu_seconds();
    std::vector<std::thread> running;
    for (std::vector<double>& mine : waits)
        running.emplace_back([&] {
            for (auto before = Steady::now(); before - start < longest;) {
                store->receive(make_message(next++, clock.now()));
                const auto after = Steady::now();
                mine.push_back(std::chrono::duration<double, std::milli>(after - before).count());
                before = after;
            }
        });
    for (std::thread& thread : running) thread.join();
    const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
    const double cpu = cpu_seconds() - cpu_start;
    std::vector<double> all;
    for (const auto& mine : waits) all.insert(all.end(), mine.begin(), mine.end());
    std::ranges::sort(all);
    const auto at = [&all](double part) {
        return all[static_cast<std::size_t>(part * static_cast<double>(all.size() - 1))];
    };
    const auto stored = static_cast<double>(all.size());
    std::printf("%d threads: %.0f receives/s, p50 %.1f ms, p99 %.1f ms, CPU %.3f ms each\n", threads,
                stored / seconds, at(0.5), at(0.99), 1000 * cpu / stored);
    return 0;
}
