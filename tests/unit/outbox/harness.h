#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../../support/eventually.h"
#include "../../support/fake_channel.h"
#include "../../support/fake_clock.h"
#include "fake_outbox.h"
#include "outbox/dispatcher.h"

namespace jackgw::test {

/// What the dispatcher told its hooks. Safe from any thread.
class Told {
  public:
    struct Attempt {
        std::string message_id;
        OutcomeKind kind;
        std::chrono::steady_clock::duration duration;
        bool recorded;
    };

    outbox::Hooks hooks() {
        return {[this](const outbox::FinishedAttempt& attempt) {
                    const std::lock_guard lock(mutex_);
                    attempts_.push_back({attempt.claim.message_id, attempt.finish.outcome.kind,
                                         attempt.duration, attempt.recorded});
                },
                [this](std::string_view problem) {
                    const std::lock_guard lock(mutex_);
                    problems_.emplace_back(problem);
                },
                [this](const store::Expired& expired) {
                    const std::lock_guard lock(mutex_);
                    for (const auto& [channel, count] : expired) expired_[channel] += count;
                }};
    }

    std::vector<Attempt> attempts() const {
        const std::lock_guard lock(mutex_);
        return attempts_;
    }
    std::vector<std::string> problems() const {
        const std::lock_guard lock(mutex_);
        return problems_;
    }
    store::Expired expired() const {
        const std::lock_guard lock(mutex_);
        return expired_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Attempt> attempts_;
    std::vector<std::string> problems_;
    store::Expired expired_;
};

/// A dispatcher among fakes. Channel "sms" has a sender that accepts all; rates are fast unless a test says
/// otherwise.
struct Harness {
    using Channels = std::map<std::string, outbox::ChannelPacing, std::less<>>;

    static outbox::DispatcherOptions quick(std::size_t workers) {
        outbox::DispatcherOptions options;
        options.max_workers = workers;
        options.runner.store_backoff_first = std::chrono::milliseconds{1};
        options.runner.store_backoff_longest = std::chrono::milliseconds{2};
        options.runner.seed = 1;
        return options;
    }

    static Channels fast() {
        outbox::ChannelPacing pacing;
        pacing.pace.segments_per_second = 1000;
        pacing.pace.burst = 1000;
        return {{"sms", pacing}, {"mail", pacing}};
    }

    static Channels slow(double segments_per_second, std::int64_t burst) {
        outbox::ChannelPacing pacing;
        pacing.pace.segments_per_second = segments_per_second;
        pacing.pace.burst = burst;
        return {{"sms", pacing}, {"mail", pacing}};
    }

    explicit Harness(ScriptedSender::Script script = accepted, std::size_t workers = 8,
                     Channels channels = fast())
        : sender(std::make_shared<ScriptedSender>(std::move(script))),
          dispatcher(std::make_unique<outbox::Dispatcher>(
              store, directory, clock, outbox::Pacing(std::move(channels)), quick(workers), told.hooks())) {
        directory.set("sms", sender);
    }

    /// Ticks until all that was claimed has ended and nothing more may go at this time.
    void settle() {
        for (std::size_t before = 0;;) {
            dispatcher->tick();
            if (!eventually([&] { return dispatcher->stats().in_flight == 0; }))
                throw std::runtime_error("attempts in flight don't end");
            const std::size_t after = store.claimed().size();
            if (after == before) return;
            before = after;
        }
    }

    FakeClock clock;
    FakeOutbox store{clock};
    FakeDirectory directory;
    Told told;
    std::shared_ptr<ScriptedSender> sender;
    std::unique_ptr<outbox::Dispatcher> dispatcher;
};

}  // namespace jackgw::test
