#include "provider.h"

#include <algorithm>
#include <array>

namespace jackgw::test {

namespace {

Outcome outcome(OutcomeKind kind, const std::string& code, Concern concern) {
    Outcome made;
    made.kind = kind;
    made.error_code = code;
    made.concern = concern;
    return made;
}

}  // namespace

std::string Provider::account_of(std::string_view sender) {
    return sender.ends_with("3") ? "AC2" : "AC1";
}

void Provider::change_mood() {
    constexpr std::array moods{Mood::queue_full,     Mood::too_fast,      Mood::unreachable,
                               Mood::wrong_sender,   Mood::wrong_account, Mood::unclear_refuse,
                               Mood::unclear_reject, Mood::broken,        Mood::broken};
    Spell spell{moods[world_.pick(moods.size())], {}, world_.now() + world_.up_to(20min)};
    const std::string sender = "+1555000000" + std::to_string(1 + world_.pick(3));
    if (spell.mood == Mood::queue_full || spell.mood == Mood::wrong_account) spell.whose = account_of(sender);
    if (spell.mood == Mood::too_fast || spell.mood == Mood::wrong_sender ||
        spell.mood == Mood::unclear_refuse || spell.mood == Mood::unclear_reject)
        spell.whose = sender;
    if (world_.once_in(3)) list_lags_until_ = world_.now() + world_.up_to(1h);
    if (world_.once_in(3)) list_fails_until_ = world_.now() + world_.up_to(1h);
    world_.tell("the provider's mood is " + std::to_string(static_cast<int>(spell.mood)) + " with " +
                (spell.whose.empty() ? "all" : spell.whose));
    spells_.push_back(std::move(spell));
}

void Provider::calm() {
    calm_ = true;
    spells_.clear();
    list_fails_until_ = list_lags_until_ = {};
}

Provider::Mood Provider::mood_with(const std::string& sender) {
    std::erase_if(spells_, [&](const Spell& spell) { return spell.until <= world_.now(); });
    for (const Spell& spell : spells_)
        if (spell.whose.empty() || spell.whose == sender || spell.whose == account_of(sender))
            return spell.mood;
    return Mood::good;
}

void Provider::wait(SteadyTime until) {
    meanwhile_(until);
}

Outcome Provider::send(const Outgoing& message) {
    Entry* entry = world_.find(message.message_id, message.content);
    if (entry == nullptr) {
        world_.complain("unheard of: something is sent that nobody wrote: " + message.content);
        return outcome(OutcomeKind::rejected, "NO_SUCH_TEXT", Concern::message);
    }
    world_.tell("send " + entry->label());
    // No request runs longer than a minute, nor than its lease.
    const auto longest =
        std::min<std::chrono::microseconds>(60s, message.lease_ends - world_.clock.boot_now());
    const SteadyTime deadline = world_.now() + longest;
    last_arrival_[message.attempt_id] = deadline + 30s;
    const Mood mood = mood_with(message.from);
    if (mood == Mood::broken) return stay_silent(message, deadline);
    if (mood != Mood::good) return refuse(mood, *entry);
    return answer(message, *entry, deadline);
}

Outcome Provider::answer(const Outgoing& message, Entry& entry, SteadyTime deadline) {
    const std::uint64_t kind = calm_ ? 99 : world_.pick(100);
    const auto time = world_.once_in(10) ? world_.up_to(30s) : world_.up_to(300ms);
    const SteadyTime end = std::min(deadline, world_.now() + time);
    if (kind < 4) return stay_silent(message, deadline);
    if (kind < 12) {
        wait(end);
        if (kind < 7) {
            Outcome later = outcome(OutcomeKind::refused_for_now, "BUSY", Concern::pair);
            if (kind == 6) later.retry_after_ms = 40'000;
            return later;
        }
        entry.rejected = true;
        Outcome no = outcome(kind == 7 ? OutcomeKind::misconfigured : OutcomeKind::rejected, "NO",
                             kind < 10 ? Concern::message : Concern::recipient);
        no.provider_error_code = 21211;
        no.opted_out = kind == 11;
        return no;
    }
    std::string id;
    const bool early = world_.once_in(2);
    if (early) id = take(message);
    wait(end);
    if (!early) id = take(message);
    Outcome yes = outcome(OutcomeKind::accepted, {}, Concern::message);
    yes.provider_message_id = id;
    yes.provider_status = "queued";
    yes.state = DeliveryState::pending;
    return yes;
}

Outcome Provider::stay_silent(const Outgoing& message, SteadyTime deadline) {
    const std::uint64_t kind = world_.pick(4);
    if (kind == 0) take(message);
    if (kind == 1)
        arrivals_.emplace(world_.now() + world_.up_to(std::chrono::duration_cast<std::chrono::microseconds>(
                                             deadline + 30s - world_.now())),
                          message);
    wait(kind == 2 ? deadline : std::min(deadline, world_.now() + world_.up_to(5s)));
    return outcome(OutcomeKind::unknown, "TIMEOUT", Concern::channel);
}

Outcome Provider::refuse(Mood mood, Entry& entry) {
    wait(world_.now() + world_.up_to(200ms));
    switch (mood) {
        case Mood::queue_full: {
            Outcome full = outcome(OutcomeKind::refused_for_now, "QUEUE_FULL", Concern::account);
            if (world_.once_in(2)) full.retry_after_ms = 30'000;
            return full;
        }
        case Mood::too_fast:
            return outcome(OutcomeKind::refused_for_now, "TOO_FAST", Concern::sender);
        case Mood::wrong_sender:
            return outcome(OutcomeKind::misconfigured, "WRONG_SENDER", Concern::sender);
        case Mood::wrong_account:
            return outcome(OutcomeKind::misconfigured, "WRONG_ACCOUNT", Concern::account);
        case Mood::unclear_refuse:
        case Mood::unclear_reject: {
            const bool rejects = mood == Mood::unclear_reject;
            Outcome unclear = outcome(rejects ? OutcomeKind::rejected : OutcomeKind::refused_for_now,
                                      "UNCLEAR", Concern::unclear);
            unclear.provider_error_code = 99999;
            if (rejects) entry.rejected = true;
            return unclear;
        }
        case Mood::unreachable:
        case Mood::good:
        case Mood::broken:
            break;
    }
    return outcome(OutcomeKind::refused_for_now, "NOT_CONNECTED", Concern::channel);
}

std::string Provider::take(const Outgoing& message) {
    const bool lags = world_.now() < list_lags_until_;
    SteadyTime listed_at = world_.now() + (lags ? world_.up_to(40min) : world_.up_to(20s));
    // One that is listed lists all before it.
    if (!list_.empty()) listed_at = std::max(listed_at, list_.back().listed_at);
    Taken taken{"P" + std::to_string(++made_), world_.now(), listed_at, DeliveryState::sent,
                message.attempt_id};
    Entry& entry = *world_.find(message.message_id, message.content);
    world_.tell("taken " + entry.label() + " as " + taken.id);
    entry.acceptances.push_back(taken.id);
    ++world_.result.accepted;
    taken_(entry);
    plan_reports(message, taken);
    list_.push_back(taken);
    return taken.id;
}

void Provider::plan_reports(const Outgoing& message, const Taken& taken) {
    const auto plan = [&](DeliveryState state, const std::string& word, std::chrono::microseconds latest) {
        store::StatusUpdate update;
        update.channel = "sms";
        update.provider_message_id = taken.id;
        if (!world_.once_in(4)) update.attempt_id = message.attempt_id;
        update.report.state = state;
        update.report.provider_status = word;
        if (state == DeliveryState::failed) {
            update.report.error_code = "UNDELIVERED";
            update.resend = {world_.once_in(2) ? 2 : 0, world_.once_in(4) ? 0min : world_.up_to(3min)};
            update.opted_out = world_.once_in(20);
        }
        for (int copies = world_.once_in(8) ? 0 : 1 + (world_.once_in(8) ? 1 : 0); copies > 0; --copies)
            reports_.emplace(world_.now() + world_.up_to(latest), update);
    };
    if (world_.once_in(2)) plan(DeliveryState::sent, "sent", 5s);
    if (world_.once_in(8)) return;  // nobody ever hears
    const bool fails = world_.once_in(6);
    const auto latest = world_.once_in(5) ? std::chrono::microseconds{2h} : std::chrono::microseconds{20s};
    if (fails) plan(DeliveryState::failed, "undelivered", latest);
    if (!fails || world_.once_in(10)) plan(DeliveryState::delivered, "delivered", latest);
    if (!fails && world_.once_in(5)) plan(DeliveryState::read, "read", latest);
}

std::optional<SteadyTime> Provider::next() const {
    std::optional<SteadyTime> at;
    if (!arrivals_.empty()) at = arrivals_.begin()->first;
    if (!reports_.empty()) at = std::min(at.value_or(SteadyTime::max()), reports_.begin()->first);
    return at;
}

std::vector<Provider::Report> Provider::due() {
    while (!arrivals_.empty() && arrivals_.begin()->first <= world_.now()) {
        take(arrivals_.begin()->second);
        arrivals_.erase(arrivals_.begin());
    }
    std::vector<Report> due;
    while (!reports_.empty() && reports_.begin()->first <= world_.now()) {
        due.push_back({reports_.begin()->first, std::move(reports_.begin()->second)});
        reports_.erase(reports_.begin());
    }
    return due;
}

ReconcileResult Provider::reconcile(const DoubtfulAttempt& attempt) {
    ReconcileResult result;
    result.kind = Reconciliation::cant_tell;
    if (world_.now() < list_fails_until_ && world_.once_in(2)) {
        result.kind = Reconciliation::unavailable;
        return result;
    }
    // One that never left the gateway can't arrive after the question either.
    const SteadyTime latest = last_arrival_.try_emplace(attempt.attempt_id, world_.now()).first->second;
    for (const Taken& taken : list_) {
        if (taken.listed_at > world_.now()) break;
        if (taken.attempt_id == attempt.attempt_id) {
            result.kind = Reconciliation::taken;
            result.outcome.kind = OutcomeKind::accepted;
            result.outcome.provider_message_id = taken.id;
            result.outcome.provider_status = "sent";
            result.outcome.state = taken.state;
            break;
        }
        if (taken.at > latest) result.kind = Reconciliation::absent;
    }
    world_.tell("asked about " + attempt.content + ": " + std::string(to_string(result.kind)));
    return result;
}

}  // namespace jackgw::test
