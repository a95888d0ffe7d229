// The outbox against a naive model of it: long random histories of few queues, so that everything meets
// everything.

#include <algorithm>
#include <map>
#include <random>

#include "fixture.h"
#include "outbox/queue/queue_rank.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

enum class Stage { scheduled, queued, in_flight, unknown, finished };

struct Entry {
    std::string id;
    std::int64_t seq = 0;
    Lane lane;
    std::string to;
    Priority priority = Priority::standard;
    Stage stage = Stage::queued;
    std::int64_t rank = 0;
    Timestamp due_at{};
    Timestamp expires_at{};
    Claim claim;
};

/// Scans all messages for everything: too simple to be wrong in the same way.
class Model {
  public:
    std::vector<Entry> entries;

    bool same_queue(const Entry& a, const Entry& b) const { return a.lane == b.lane && a.to == b.to; }

    void tick(Timestamp now) {
        for (Entry& entry : entries) {
            const bool waits = entry.stage == Stage::scheduled || entry.stage == Stage::queued;
            if (waits && entry.expires_at <= now) entry.stage = Stage::finished;
            if (entry.stage == Stage::scheduled && entry.due_at <= now) {
                entry.stage = Stage::queued;
                entry.rank = outbox::queue_rank(StoreTime{entry.due_at.time_since_epoch()}, entry.priority);
            }
            if (entry.stage == Stage::unknown && entry.due_at <= now) entry.stage = Stage::finished;
        }
    }

    bool leads(const Entry& entry) const {
        return std::ranges::none_of(entries, [&](const Entry& other) {
            if (&other == &entry || !same_queue(entry, other)) return false;
            if (other.stage == Stage::in_flight || other.stage == Stage::unknown) return true;
            return other.stage == Stage::queued &&
                   std::tuple(other.rank, other.seq) < std::tuple(entry.rank, entry.seq);
        });
    }

    /// The one that a claim must give; expired ones on the way are finished.
    Entry* next(const Lane& lane, Timestamp now) {
        for (;;) {
            Entry* best = nullptr;
            for (Entry& entry : entries) {
                if (entry.stage != Stage::queued || entry.lane != lane || entry.due_at > now || !leads(entry))
                    continue;
                if (best == nullptr || std::tuple(entry.rank, entry.seq) < std::tuple(best->rank, best->seq))
                    best = &entry;
            }
            if (best == nullptr || best->expires_at > now) return best;
            best->stage = Stage::finished;
        }
    }

    std::int64_t depth() const {
        return std::ranges::count_if(entries, [](const Entry& entry) {
            return entry.stage == Stage::scheduled || entry.stage == Stage::queued ||
                   entry.stage == Stage::in_flight;
        });
    }
};

class History {
  public:
    explicit History(std::uint64_t seed) : random_(seed) {}

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            step();
            if (i % 16 == 0) CHECK(test_.store->outbox().depth == model_.depth());
        }
    }

  private:
    int pick(int count) { return std::uniform_int_distribution(0, count - 1)(random_); }

    void step() {
        switch (pick(10)) {
            case 0:
            case 1:
            case 2:
                return enqueue();
            case 3:
                return test_.pass(std::chrono::seconds{pick(240)});
            case 4:
                return cancel();
            case 5:
            case 6:
                return finish();
            default:
                return claim();
        }
    }

    void enqueue() {
        OutboundMessage message = test_.outbound(std::to_string(model_.entries.size()));
        message.to = "+1555000000" + std::to_string(pick(4));
        message.from = "+1555123000" + std::to_string(pick(2));
        message.priority = static_cast<Priority>(pick(4));
        message.expires_at = test_.now() + std::chrono::minutes{1 + pick(30)};
        if (pick(4) == 0) message.send_at = test_.now() + std::chrono::seconds{1 + pick(300)};
        const Message made = test_.enqueue(message);
        Entry entry{made.id, made.seq, {"sms", message.from}, message.to, message.priority, {}, 0, {},
                    {},      {}};
        entry.stage = message.send_at ? Stage::scheduled : Stage::queued;
        entry.due_at = message.send_at.value_or(test_.now());
        entry.rank = outbox::queue_rank(StoreTime{entry.due_at.time_since_epoch()}, entry.priority);
        entry.expires_at = message.expires_at.value();
        model_.entries.push_back(entry);
    }

    void claim() {
        const Lane lane{"sms", "+1555123000" + std::to_string(pick(2))};
        model_.tick(test_.now());
        const std::optional<Claim> claim = test_.claim(lane);
        Entry* expected = model_.next(lane, test_.now());
        REQUIRE(claim.has_value() == (expected != nullptr));
        if (expected == nullptr) return;
        REQUIRE(claim->message_id == expected->id);
        expected->stage = Stage::in_flight;
        expected->claim = *claim;
    }

    Entry* any(Stage stage) {
        std::vector<Entry*> found;
        for (Entry& entry : model_.entries)
            if (entry.stage == stage) found.push_back(&entry);
        return found.empty() ? nullptr
                             : found[static_cast<std::size_t>(pick(static_cast<int>(found.size())))];
    }

    void cancel() {
        Entry* entry = any(pick(2) == 0 ? Stage::queued : Stage::scheduled);
        if (entry == nullptr) entry = any(Stage::in_flight);
        if (entry == nullptr) return;
        const bool canceled = test_.store->cancel(entry->id);
        REQUIRE(canceled == (entry->stage != Stage::in_flight));
        if (canceled) entry->stage = Stage::finished;
    }

    void finish() {
        Entry* entry = any(Stage::in_flight);
        if (entry == nullptr) return;
        const auto delay = std::chrono::seconds{pick(120)};
        switch (pick(4)) {
            case 0:
                test_.refuse(entry->claim, delay);
                entry->stage = Stage::queued;
                // Never beyond its expiry, at which it is taken out of the way.
                entry->due_at = std::min(test_.now() + delay, std::max(entry->expires_at, test_.now()));
                return;
            case 1:
                test_.lose(entry->claim, delay);
                entry->stage = delay > 0s ? Stage::unknown : Stage::finished;
                entry->due_at = test_.now() + delay;
                return;
            case 2:
                test_.refuse(entry->claim, std::nullopt);
                break;
            default:
                test_.accept(entry->claim, "SM" + entry->id);
        }
        entry->stage = Stage::finished;
    }

    std::mt19937_64 random_;
    StoreTest test_;
    Model model_;
};

}  // namespace

TEST_CASE("Random histories of the outbox agree with a naive model") {
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, std::random_device{}());
    CAPTURE(seed);
    History(seed).run(1000);
}
