#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "../../support/eventually.h"
#include "../../support/fake_channel.h"
#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "outbox/dispatcher.h"
#include "storage/open_store.h"

namespace jackgw::test {

/// As much of a gateway as sends: dispatcher and SQLite store, a scripted sender, a clock that the test
/// moves. It can be ended and begun again on the same file.
class Gateway {
  public:
    explicit Gateway(ScriptedSender::Script script)
        : sender_(std::make_shared<ScriptedSender>(std::move(script))) {
        directory_.set("sms", sender_);
        open();
    }

    void open() {
        store_ = storage::open_store(folder_.path() / "jack.db", clock_, ids_);
        outbox::ChannelPacing pacing;
        pacing.pace.segments_per_second = 1000;
        pacing.pace.burst = 100;
        outbox::DispatcherOptions options;
        options.max_workers = 8;
        options.runner.seed = 1;
        dispatcher_ = std::make_unique<outbox::Dispatcher>(*store_, directory_, clock_,
                                                           outbox::Pacing({{"sms", pacing}}), options);
    }

    void close() {
        dispatcher_.reset();
        store_.reset();
    }

    std::string enqueue(const store::Lane& lane, const std::string& to,
                        Priority priority = Priority::standard) {
        OutboundMessage message;
        message.channel = lane.channel;
        message.from = lane.sender;
        message.to = to;
        message.content = "Your room is ready.";
        message.priority = priority;
        message.expires_at = clock_.now() + std::chrono::hours{10};
        const store::EnqueueResult result = store_->enqueue(message);
        if (!std::holds_alternative<store::Enqueued>(result))
            throw std::runtime_error("a message was refused");
        return std::get<store::Enqueued>(result).messages.front().id;
    }

    /// Lets time pass until nothing waits any more; false if that doesn't come.
    bool run_dry() {
        const auto step = [&] {
            clock_.advance(std::chrono::milliseconds{200});
            dispatcher_->notify();
            return store_->outbox().depth == 0;
        };
        return eventually(step, std::chrono::seconds{60});
    }

    FakeClock& clock() { return clock_; }
    store::Store& store() { return *store_; }
    ScriptedSender& sender() { return *sender_; }
    outbox::Dispatcher& dispatcher() { return *dispatcher_; }

  private:
    TempFolder folder_;
    FakeClock clock_;
    IdGenerator ids_{clock_};
    std::shared_ptr<ScriptedSender> sender_;
    FakeDirectory directory_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<outbox::Dispatcher> dispatcher_;
};

}  // namespace jackgw::test
