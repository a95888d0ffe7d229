#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "../../support/fake_channel.h"
#include "../../support/faulty_vfs.h"
#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "outbox/dispatcher.h"
#include "storage/open_store.h"

// bench_outbox [WORKERS [MESSAGES [LATENCY_MS [SYNC_MS]]]]: MESSAGES to as many guests wait in twenty lanes
// whose rate doesn't matter; each is claimed, sent to a provider that takes LATENCY_MS to accept it, and
// finished, on a disk whose every sync takes SYNC_MS longer. Tells messages a second, and commits a message.

using namespace jackgw;

namespace {

int argument(int count, char** values, int index, int otherwise) {
    return index < count ? std::atoi(values[index]) : otherwise;
}

void fill(store::Store& store, int messages) {
    for (int i = 0; i < messages; ++i) {
        OutboundMessage message;
        message.channel = "sms";
        message.to = "+1555" + std::to_string(1'000'000 + i);
        message.from = "+1555123" + std::to_string(4000 + i % 20);
        message.content = "They are on their way to room " + std::to_string(i % 400) + ".";
        message.encoding = "GSM-7";
        store.enqueue(message);
    }
}

}  // namespace

int main(int count, char** values) {
    const auto workers = static_cast<std::size_t>(argument(count, values, 1, 256));
    const int messages = argument(count, values, 2, 4000);
    const std::chrono::milliseconds latency{argument(count, values, 3, 200)};
    const std::chrono::milliseconds sync{argument(count, values, 4, 2)};

    const SystemClock clock;
    IdGenerator ids(clock);
    test::FaultyVfs disk;
    test::TempFolder folder;
    const auto store = storage::open_store(folder / "jack.db", clock, ids);
    fill(*store, messages);
    disk.delay_syncs(sync);

    test::FakeDirectory directory;
    directory.set("sms", std::make_shared<test::ScriptedSender>([latency](const Outgoing& message) {
                      std::this_thread::sleep_for(latency);
                      return test::accepted(message);
                  }));
    outbox::ChannelPacing pacing;
    pacing.pace = {100'000, 100'000};
    outbox::DispatcherOptions options;
    options.max_workers = workers;
    outbox::Dispatcher dispatcher(*store, directory, clock, outbox::Pacing({{"sms", pacing}}), options);
    const int syncs_before = disk.wal_syncs();
    const auto begin = std::chrono::steady_clock::now();
    dispatcher.start();
    while (store->outbox().depth > 0) std::this_thread::sleep_for(std::chrono::milliseconds{5});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const int syncs = disk.wal_syncs() - syncs_before;
    dispatcher.stop(std::chrono::seconds{5});
    std::printf(
        "%zu workers, %lld ms at the provider, %lld ms a sync: %.0f messages/s, %.2f commits a message\n",
        workers, static_cast<long long>(latency.count()), static_cast<long long>(sync.count()),
        messages / took.count(), static_cast<double>(syncs) / messages);
    return 0;
}
