#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/channel.h"
#include "store/reports.h"
#include "world.h"

namespace jackgw::test {

/// A provider with moods: it takes messages, at once or late, refuses them for all kinds of reasons, says
/// nothing clear, reports early, late, twice or never, and tells truthfully, but late, what it has taken.
class Provider final : public Sender {
  public:
    enum class Mood {
        good,
        queue_full,      ///< of the account
        too_fast,        ///< of the sender
        unreachable,     ///< refused connections
        wrong_sender,    ///< misconfigured
        wrong_account,   ///< …
        unclear_refuse,  ///< a code that may be the message's or the sender's
        unclear_reject,
        broken  ///< 5xx, time-outs and cuts, before and after it has taken the message
    };
    struct Report {
        SteadyTime at;
        store::StatusUpdate update;
    };

    /// `meanwhile` lets others go on until then, while a request runs. `taken` is told of each acceptance.
    Provider(World& world, std::function<void(SteadyTime)> meanwhile, std::function<void(Entry&)> taken)
        : world_(world), meanwhile_(std::move(meanwhile)), taken_(std::move(taken)) {}

    Outcome send(const Outgoing& message) override;
    LookUpResult look_up(const SentMessage&) override { return {}; }
    ReconcileResult reconcile(const DoubtfulAttempt& attempt) override;
    std::string account_of(std::string_view sender) override;

    /// For so long it is in some mood, with some sender, account or all.
    void change_mood();
    /// All is well from now on.
    void calm();

    /// When something is to be done by itself.
    std::optional<SteadyTime> next() const;
    /// Takes what arrives late, and gives the reports that are due.
    std::vector<Report> due();
    void repeat(Report report) { reports_.emplace(report.at, std::move(report.update)); }

  private:
    struct Spell {
        Mood mood;
        std::string whose;  // a sender, an account; empty: all
        SteadyTime until;
    };
    struct Taken {
        std::string id;
        SteadyTime at;
        SteadyTime listed_at;
        DeliveryState state;
        std::string attempt_id;
    };

    Mood mood_with(const std::string& sender);
    Outcome refuse(Mood mood, Entry& entry);
    Outcome answer(const Outgoing& message, Entry& entry, SteadyTime deadline);
    Outcome stay_silent(const Outgoing& message, SteadyTime deadline);
    std::string take(const Outgoing& message);
    void plan_reports(const Outgoing& message, const Taken& taken);
    void wait(SteadyTime until);

    World& world_;
    const std::function<void(SteadyTime)> meanwhile_;
    const std::function<void(Entry&)> taken_;
    std::vector<Spell> spells_;
    bool calm_ = false;
    SteadyTime list_fails_until_{};
    SteadyTime list_lags_until_{};
    std::vector<Taken> list_;                         // in their order
    std::map<std::string, SteadyTime> last_arrival_;  // of an attempt, at the latest
    std::multimap<SteadyTime, Outgoing> arrivals_;
    std::multimap<SteadyTime, store::StatusUpdate> reports_;
    std::uint64_t made_ = 0;
};

}  // namespace jackgw::test
