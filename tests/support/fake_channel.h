#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/channel.h"

namespace jackgw::test {

inline Outcome outcome_of(OutcomeKind kind, std::string error_code = {}) {
    Outcome outcome;
    outcome.kind = kind;
    outcome.error_code = std::move(error_code);
    if (kind == OutcomeKind::misconfigured) outcome.concern = Concern::sender;
    return outcome;
}

inline Outcome accepted(const Outgoing& message) {
    Outcome outcome = outcome_of(OutcomeKind::accepted);
    outcome.provider_message_id = "provider-" + message.attempt_id;
    outcome.state = DeliveryState::pending;
    return outcome;
}

/// Holds threads back until it is opened; for a minute at most, so that a test that fails before it opens the
/// gate ends.
class Gate {
  public:
    ~Gate() { open(); }

    void open() {
        {
            const std::lock_guard lock(mutex_);
            open_ = true;
        }
        condition_.notify_all();
    }

    void pass() {
        std::unique_lock lock(mutex_);
        condition_.wait_for(lock, std::chrono::minutes{1}, [this] { return open_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable condition_;
    bool open_ = false;
};

/// A sender that does what a test says and remembers what it was asked. Safe from any thread.
class ScriptedSender final : public Sender {
  public:
    using Script = std::function<Outcome(const Outgoing&)>;

    explicit ScriptedSender(Script script = accepted) : script_(std::move(script)) {}

    Outcome send(const Outgoing& message) override {
        {
            const std::lock_guard lock(mutex_);
            sent_.push_back(message);
            if (!in_flight_.emplace(message.from, message.to).second) ++overlaps_;
        }
        const Leaving leaving(*this, {message.from, message.to});
        return script_(message);
    }

    LookUpResult look_up(const SentMessage& message) override {
        LookUpScript script;
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(message);
            script = look_up_script_;
        }
        return script ? script(message) : LookUpResult{};
    }

    ReconcileResult reconcile(const DoubtfulAttempt& attempt) override {
        ReconcileScript script;
        {
            const std::lock_guard lock(mutex_);
            doubted_.push_back(attempt);
            script = reconcile_script_;
        }
        return script ? script(attempt) : ReconcileResult{};
    }

    std::string account_of(std::string_view) override { return {}; }

    /// What questions about doubtful attempts come to; until then they are not supported.
    using ReconcileScript = std::function<ReconcileResult(const DoubtfulAttempt&)>;
    void on_reconcile(ReconcileScript script) {
        const std::lock_guard lock(mutex_);
        reconcile_script_ = std::move(script);
    }

    std::vector<DoubtfulAttempt> doubted() const {
        const std::lock_guard lock(mutex_);
        return doubted_;
    }

    /// What look-ups come to; until then they are not supported.
    using LookUpScript = std::function<LookUpResult(const SentMessage&)>;
    void on_look_up(LookUpScript script) {
        const std::lock_guard lock(mutex_);
        look_up_script_ = std::move(script);
    }

    /// The messages that were asked about, in their order.
    std::vector<std::string> asked() const {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> ids;
        for (const SentMessage& message : asked_) ids.push_back(message.message_id);
        return ids;
    }

    std::vector<Outgoing> sent() const {
        const std::lock_guard lock(mutex_);
        return sent_;
    }

    /// The messages that were sent, in their order, repeated ones included.
    std::vector<std::string> ids() const {
        std::vector<std::string> ids;
        for (const Outgoing& message : sent()) ids.push_back(message.message_id);
        return ids;
    }

    std::size_t count() const { return sent().size(); }

    /// How often a message was sent while another one of the same pair of sender and recipient was.
    int overlaps() const {
        const std::lock_guard lock(mutex_);
        return overlaps_;
    }

  private:
    using Pair = std::pair<std::string, std::string>;

    class Leaving {
      public:
        Leaving(ScriptedSender& sender, Pair pair) : sender_(sender), pair_(std::move(pair)) {}
        ~Leaving() {
            const std::lock_guard lock(sender_.mutex_);
            sender_.in_flight_.erase(pair_);
        }
        Leaving(const Leaving&) = delete;
        Leaving& operator=(const Leaving&) = delete;

      private:
        ScriptedSender& sender_;
        Pair pair_;
    };

    Script script_;
    mutable std::mutex mutex_;
    LookUpScript look_up_script_;
    ReconcileScript reconcile_script_;
    std::vector<DoubtfulAttempt> doubted_;
    std::vector<Outgoing> sent_;
    std::vector<SentMessage> asked_;
    std::set<Pair> in_flight_;
    int overlaps_ = 0;
};

/// Channels that have a sender each, and no mapper. Safe from any thread.
class FakeDirectory final : public ChannelDirectory {
  public:
    void set(const std::string& channel, std::shared_ptr<Sender> sender) {
        const std::lock_guard lock(mutex_);
        senders_[channel] = std::move(sender);
    }

    bool known(std::string_view channel) const override {
        const std::lock_guard lock(mutex_);
        return senders_.contains(std::string(channel));
    }
    std::string property(std::string_view channel) const override { return known(channel) ? "main" : ""; }
    std::shared_ptr<Sender> sender(std::string_view channel) const override {
        const std::lock_guard lock(mutex_);
        const auto found = senders_.find(std::string(channel));
        return found == senders_.end() ? nullptr : found->second;
    }
    std::shared_ptr<const Mapper> mapper(std::string_view) const override { return nullptr; }
    std::shared_ptr<MediaAccess> media(std::string_view) const override { return nullptr; }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Sender>> senders_;
};

}  // namespace jackgw::test
