#include "outbox/delivery_checker.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "../../support/eventually.h"
#include "../../support/fake_channel.h"
#include "../../support/fake_clock.h"
#include "../../support/unused_outbox.h"
#include "base/errors.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;

namespace {

/// The list of awaited deliveries in memory. Safe from any thread.
class FakeAwaited final : public UnusedOutbox {
  public:
    struct Row {
        store::AwaitedDelivery delivery;
        Timestamp since{};
        Timestamp accepted_at{};
    };

    explicit FakeAwaited(const Clock& clock) : clock_(clock) {}

    void add(const std::string& id, Timestamp since, const std::string& channel = "sms") {
        const std::lock_guard lock(mutex_);
        rows_.push_back(
            {{id, "provider-" + id, {channel, "+15551234567"}, "+15559876543", 0, {}}, since, since});
    }
    void finish(const std::string& id) {
        const std::lock_guard lock(mutex_);
        std::erase_if(rows_, [&](const Row& row) { return row.delivery.message_id == id; });
    }
    std::size_t awaited() const {
        const std::lock_guard lock(mutex_);
        return rows_.size();
    }
    std::vector<std::string> noted() const {
        const std::lock_guard lock(mutex_);
        return noted_;
    }
    void fail_for(const std::string& channel) {
        const std::lock_guard lock(mutex_);
        failing_ = channel;
    }

    store::OverdueDeliveries overdue_deliveries(std::string_view channel, const store::LookUpWaits& waits,
                                                std::size_t limit) override {
        const Timestamp now = clock_.now();
        const std::lock_guard lock(mutex_);
        if (failing_ == channel) throw Unavailable("the disk is full");
        store::OverdueDeliveries overdue;
        for (const Row& row : rows_) {
            if (row.delivery.lane.channel != channel) continue;
            const Timestamp due = row.since + waits.at(static_cast<std::size_t>(row.delivery.look_ups));
            const std::chrono::microseconds due_in = due - now;
            overdue.next_due_in = std::min(overdue.next_due_in.value_or(due_in), due_in);
            if (due > now || overdue.items.size() == limit) continue;
            overdue.items.push_back(row.delivery);
            overdue.items.back().age = now - row.accepted_at;
        }
        return overdue;
    }

    bool note_look_up(std::string_view id, store::LookUpNote note) override {
        const std::lock_guard lock(mutex_);
        const bool last = note == store::LookUpNote::last;
        const bool unanswered = note == store::LookUpNote::unanswered;
        noted_.push_back(std::string(id) + (last ? " last" : unanswered ? " unanswered" : ""));
        const auto row =
            std::ranges::find(rows_, id, [](const Row& each) { return each.delivery.message_id; });
        if (row == rows_.end()) return false;
        if (!unanswered) ++row->delivery.look_ups;
        row->since = clock_.now();
        if (last) rows_.erase(row);
        return true;
    }

  private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::vector<Row> rows_;
    std::vector<std::string> noted_;
    std::string failing_;
};

struct House {
    explicit House(std::chrono::milliseconds wait = 12h) : House({{"sms", wait}}) {}
    explicit House(const std::map<std::string, std::chrono::milliseconds>& waits)
        : checker(store, directory, clock, waits, options(),
                  {[this](const outbox::LookedUp& each) {
                       told.push_back(each.delivery.message_id + " " +
                                      std::string(to_string(each.result.kind)) +
                                      (each.gave_up ? " gave up" : ""));
                   },
                   [this](const store::AwaitedDelivery& each) {
                       told.push_back(each.message_id + " past asking");
                   },
                   [this](std::string_view problem) { problems.emplace_back(problem); }}) {
        directory.set("sms", sender);
        sender->on_look_up([](const SentMessage&) { return LookUpResult{LookUp::answered, {}}; });
    }

    static outbox::DeliveryCheckerOptions options() {
        outbox::DeliveryCheckerOptions options;
        options.batch = 3;
        return options;
    }

    /// The time until the next look, of a tick made now.
    std::chrono::nanoseconds tick() {
        const SteadyTime next = checker.tick();
        return next - clock.steady_now();
    }
    void answer_with(LookUp kind, const std::string& error = {}) const {
        sender->on_look_up([=](const SentMessage&) { return LookUpResult{kind, error}; });
    }

    FakeClock clock;
    FakeAwaited store{clock};
    FakeDirectory directory;
    std::shared_ptr<ScriptedSender> sender = std::make_shared<ScriptedSender>();
    std::vector<std::string> told;
    std::vector<std::string> problems;
    outbox::DeliveryChecker checker;
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("A message is asked about when its time has come, not before", "[outbox][checker]") {
    House h;
    h.store.add("a", h.clock.now());
    CHECK(h.tick() == 1min);
    h.clock.advance(12h - 1s);
    CHECK(h.tick() == 1s);
    CHECK(h.sender->asked().empty());
    h.clock.advance(1s);
    CHECK(h.tick() == 10s);
    CHECK(h.sender->asked() == Words{"a"});
    CHECK(h.told == Words{"a answered"});
}

TEST_CASE("The sender learns whom the question is about", "[outbox][checker]") {
    House h;
    SentMessage asked;
    h.sender->on_look_up([&](const SentMessage& message) {
        asked = message;
        return LookUpResult{LookUp::answered, {}};
    });
    h.store.add("a", h.clock.now() - 12h);
    h.tick();
    CHECK(asked.message_id == "a");
    CHECK(asked.provider_message_id == "provider-a");
    CHECK(asked.from == "+15551234567");
    CHECK(asked.to == "+15559876543");
}

TEST_CASE("It asks three times, at doubling intervals, then gives up", "[outbox][checker]") {
    House h;
    h.store.add("a", h.clock.now());
    for (const auto wait : {12h, 24h, 48h}) {
        h.clock.advance(wait - 1s);
        h.tick();
        h.clock.advance(1s);
        h.tick();
    }
    CHECK(h.sender->asked() == Words{"a", "a", "a"});
    CHECK(h.store.noted() == Words{"a", "a", "a last"});
    CHECK(h.told == Words{"a answered", "a answered", "a answered gave up"});
    CHECK(h.store.awaited() == 0);
    h.clock.advance(1000h);
    CHECK(h.tick() == 1min);
    CHECK(h.sender->asked().size() == 3);
}

TEST_CASE("A final state that came with the last answer is no giving up", "[outbox][checker]") {
    House h;
    h.sender->on_look_up([&](const SentMessage& message) {
        if (h.sender->asked().size() == 3) h.store.finish(message.message_id);
        return LookUpResult{LookUp::answered, {}};
    });
    h.store.add("a", h.clock.now());
    for (const auto wait : {12h, 24h, 48h}) {
        h.clock.advance(wait);
        h.tick();
    }
    CHECK(h.told.back() == "a answered");
}

TEST_CASE("It asks in batches and rests between them", "[outbox][checker]") {
    House h;
    for (const char* id : {"a", "b", "c", "d", "e", "f", "g"}) h.store.add(id, h.clock.now() - 12h);
    CHECK(h.tick() == 10s);
    CHECK(h.sender->asked().size() == 3);
    h.clock.advance(9s);
    CHECK(h.tick() == 1s);
    CHECK(h.sender->asked().size() == 3);
    h.clock.advance(1s);
    h.tick();
    h.clock.advance(10s);
    h.tick();
    CHECK(h.sender->asked() == Words{"a", "b", "c", "d", "e", "f", "g"});
}

TEST_CASE("A provider that takes no questions is left in peace for longer and longer", "[outbox][checker]") {
    House h;
    h.answer_with(LookUp::unavailable, "429");
    for (const char* id : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})
        h.store.add(id, h.clock.now() - 12h);
    std::size_t asked = 0;
    for (const auto rest : {30s, 60s, 120s, 240s, 480s, 960s, 1920s, 3600s, 3600s}) {
        CHECK(h.tick() == std::min<std::chrono::seconds>(rest, 1min));
        h.clock.advance(rest - 1s);
        h.tick();
        h.clock.advance(1s);
        CHECK(h.sender->asked().size() == ++asked);
    }
    h.answer_with(LookUp::answered);
    h.tick();
    CHECK(h.sender->asked().back() == "j");
    h.answer_with(LookUp::unavailable);
    h.clock.advance(24h);
    CHECK(h.tick() == 30s);  // an answer has ended the back-off
}

TEST_CASE("A question that is not taken doesn't count and goes to the end of the queue",
          "[outbox][checker]") {
    House h;
    h.sender->on_look_up([](const SentMessage& message) {
        return LookUpResult{message.message_id == "a" ? LookUp::unavailable : LookUp::answered, {}};
    });
    h.store.add("a", h.clock.now() - 12h);
    h.store.add("b", h.clock.now() - 12h);
    h.tick();
    h.clock.advance(30s);
    h.tick();
    CHECK(h.sender->asked() == Words{"a", "b"});
    CHECK(h.store.noted() == Words{"a unanswered", "b"});
    h.clock.advance(12h - 31s);
    h.tick();
    CHECK(h.sender->asked().size() == 2);
    h.clock.advance(1s);
    h.tick();
    CHECK(h.sender->asked() == Words{"a", "b", "a"});
    CHECK(h.told == Words{"a unavailable", "b answered", "a unavailable"});
}

TEST_CASE("A message is past asking about a week after all its waits", "[outbox][checker]") {
    House h;
    const auto limit = 12h + 24h + 48h + 7 * 24h;
    h.store.add("old", h.clock.now() - limit - 1s);
    h.store.add("older", h.clock.now() - 3 * limit);
    h.store.add("ancient", h.clock.now() - 100 * limit);
    CHECK(h.tick() == 0s);  // nobody was asked: no need to rest
    CHECK(h.sender->asked().empty());
    CHECK(h.store.noted() == Words{"old last", "older last", "ancient last"});
    h.store.add("young", h.clock.now() - limit);
    CHECK(h.tick() == 10s);
    CHECK(h.sender->asked() == Words{"young"});
    CHECK(h.told == Words{"old past asking", "older past asking", "ancient past asking", "young answered"});
}

TEST_CASE("A question that is never taken ends when the message is past asking about", "[outbox][checker]") {
    House h;
    h.answer_with(LookUp::unavailable, "500");
    h.store.add("a", h.clock.now());
    for (int hours = 0; hours < 24 * 30; hours += 12) {
        h.clock.advance(12h);
        h.tick();
    }
    CHECK(h.sender->asked().size() == 21);  // ten and a half days long, every twelve hours
    CHECK(h.store.awaited() == 0);
}

TEST_CASE("A message that the provider can't tell about counts and keeps nobody waiting",
          "[outbox][checker]") {
    House h;
    h.answer_with(LookUp::failed, "not found");
    h.store.add("a", h.clock.now() - 12h);
    h.store.add("b", h.clock.now() - 12h);
    h.tick();
    CHECK(h.told == Words{"a failed", "b failed"});
    CHECK(h.store.noted() == Words{"a", "b"});
}

TEST_CASE("A channel that isn't ready or can't ask is tried again later", "[outbox][checker]") {
    House h;
    h.store.add("a", h.clock.now() - 12h);
    h.directory.set("sms", nullptr);
    CHECK(h.tick() == 1min);
    h.directory.set("sms", h.sender);
    h.answer_with(LookUp::not_supported);
    h.clock.advance(1min);
    h.tick();
    CHECK(h.sender->asked().size() == 1);
    h.clock.advance(59min);
    h.tick();
    CHECK(h.sender->asked().size() == 1);
    h.answer_with(LookUp::answered);
    h.clock.advance(1min);
    h.tick();
    CHECK(h.store.noted() == Words{"a"});
}

TEST_CASE("No lease on a plugin is held between questions", "[outbox][checker]") {
    House h;
    h.store.add("a", h.clock.now() - 12h);
    const auto before = h.sender.use_count();
    h.tick();
    CHECK(h.sender.use_count() == before);
}

TEST_CASE("A store that fails is left in peace, and the other channels go on", "[outbox][checker]") {
    House h({{"mail", 1h}, {"sms", 12h}});
    const auto mail = std::make_shared<ScriptedSender>();
    mail->on_look_up([](const SentMessage&) { return LookUpResult{LookUp::answered, {}}; });
    h.directory.set("mail", mail);
    h.store.add("a", h.clock.now() - 12h);
    h.store.add("b", h.clock.now() - 1h, "mail");
    h.store.fail_for("sms");
    CHECK(h.tick() == 10s);
    CHECK(mail->asked() == Words{"b"});
    REQUIRE(h.problems.size() == 1);
    CHECK(h.problems[0].find("sms") != std::string::npos);
    CHECK(h.problems[0].find("the disk is full") != std::string::npos);
    h.store.fail_for("");
    h.clock.advance(29s);
    h.tick();
    CHECK(h.sender->asked().empty());
    h.clock.advance(1s);
    h.tick();
    CHECK(h.sender->asked() == Words{"a"});
}

TEST_CASE("Zero means never, and each channel has a wait of its own", "[outbox][checker]") {
    House h({{"sms", 0ms}, {"mail", 1h}});
    const auto mail = std::make_shared<ScriptedSender>();
    h.directory.set("mail", mail);
    h.store.add("a", h.clock.now() - 100h, "sms");
    h.store.add("b", h.clock.now() - 2h, "mail");
    h.tick();
    CHECK(h.sender->asked().empty());
    CHECK(mail->asked() == Words{"b"});
}

TEST_CASE("A short wait is kept, however long the poll interval", "[outbox][checker]") {
    House h(2s);
    CHECK(h.tick() == 2s);
    h.store.add("a", h.clock.now());
    h.clock.advance(500ms);
    CHECK(h.tick() == 1500ms);
}

TEST_CASE("Its thread asks by itself and ends when it is told", "[outbox][checker]") {
    House h;
    h.store.add("a", h.clock.now() - 12h);
    h.checker.start();
    CHECK(eventually([&] { return h.store.noted().size() == 1; }));
    CHECK(h.checker.stop(20s));
    CHECK(h.checker.stop(0ms));
}

TEST_CASE("A stop waits for the question under way and begins no other", "[outbox][checker]") {
    Gate gate;
    House h;
    h.sender->on_look_up([&](const SentMessage&) {
        gate.pass();
        return LookUpResult{LookUp::answered, {}};
    });
    h.store.add("a", h.clock.now() - 12h);
    h.store.add("b", h.clock.now() - 12h);
    h.checker.start();
    CHECK(eventually([&] { return h.sender->asked().size() == 1; }));
    CHECK_FALSE(h.checker.stop(0ms));
    gate.open();
    CHECK(h.checker.stop(20s));
    CHECK(h.sender->asked() == Words{"a"});
    CHECK(h.store.noted() == Words{"a"});
}
