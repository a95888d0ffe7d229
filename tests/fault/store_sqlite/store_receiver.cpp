// store_receiver FILE ROUND: receives numbered messages on eight threads and writes the number of each to
// standard output once the store has acknowledged it. Runs until it is killed.

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "base/ids.h"
#include "storage/open_store.h"

using namespace jackgw;

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::string round = arguments[2];
    const SystemClock clock;
    IdGenerator ids(clock);
    const auto store = storage::open_store(arguments[1], clock, ids);
    std::atomic<int> next{0};
    const auto receive = [&] {
        for (;;) {
            const std::string number = round + "-" + std::to_string(next++);
            InboundMessage message;
            message.channel = "sms";
            message.provider_message_id = number;
            message.from = "+1555" + std::to_string(next % 50);
            message.to = "+15551234567";
            message.content = number;
            message.received_at = clock.now();
            store->receive(message);
            const std::string line = number + "\n";
            if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back(receive);
    for (std::thread& thread : threads) thread.join();
    return 0;
}
