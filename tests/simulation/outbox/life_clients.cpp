// What clients, guests, operators and the provider's web hooks do.
#include <algorithm>
#include <array>

#include "life.h"
#include "planted.h"

namespace jackgw::test {

using Said = ConsentCheck::Said;

void SendingLife::act() {
    sabotage(world_.plant, folder_ / "jack.db");
    if (channel_back_at_ && *channel_back_at_ <= world_.now()) {
        directory_.set("sms", provider_);
        dispatcher_->notify();
        woken_ = true;
        channel_back_at_.reset();
        world_.disturbed();
    }
    const std::uint64_t kind = world_.pick(100);
    if (kind < 50)
        for (std::uint64_t i = world_.once_in(10) ? 12 : 1 + world_.pick(3); i > 0; --i) submit();
    else if (kind < 62)
        guest_writes();
    else if (kind < 68)
        repeat();
    else if (kind < 72)
        cancel();
    else if (kind < 76)
        retry_by_hand();
    else if (kind < 82)
        provider_->change_mood();
    else if (kind < 84 && sets_clock_)
        set_clock();
    else if (kind < 92)
        look_for_reasons();
    else if (kind == 99 && world_.once_in(3))
        disk_.die();
    else
        operate();
}

Entry* SendingLife::any_entry() {
    if (world_.entries.empty()) return nullptr;
    auto found = world_.entries.begin();
    std::advance(found, world_.pick(world_.entries.size()));
    return found->second.id.empty() ? nullptr : &found->second;
}

void SendingLife::submit() {
    const std::string label = "m" + std::to_string(++made_);
    Entry& entry = world_.entries[label];
    entry.number = made_;
    OutboundMessage& request = entry.request;
    request.channel = "sms";
    request.from = sender();
    request.to = guest();
    request.content = label;
    request.segments = world_.once_in(5) ? 1 + static_cast<std::int32_t>(world_.pick(5)) : 1;
    constexpr std::array priorities{Priority::urgent, Priority::high, Priority::standard, Priority::standard,
                                    Priority::low};
    request.priority = priorities[world_.pick(priorities.size())];
    const Timestamp now = world_.clock.now();
    if (world_.once_in(8)) request.send_at = now + world_.up_to(3h);
    if (world_.once_in(4)) request.expires_at = request.send_at.value_or(now) + 1min + world_.up_to(2h);
    if (world_.once_in(4)) request.lifetime = 1min + world_.up_to(2h);
    request.idempotency_key = label;
    request.idempotency_owner = "desk";
    request.request_hash = label;
    submit(entry);
}

void SendingLife::submit(Entry& entry) {
    if (!entry.unclear) entry.asked_at = world_.now();
    entry.refused = false;
    store::EnqueueResult result;
    const Answer answer = ask("submit " + entry.label(), [&] {
        if (world_.plant == SendingPlant::forgets_acknowledged && world_.once_in(20)) {
            Message forgotten;
            forgotten.id = "forgotten " + entry.label();
            result = store::Enqueued{.messages = {forgotten}};
            return;
        }
        result = store_->enqueue(entry.request);
        if (world_.plant == SendingPlant::stores_refused && world_.once_in(20))
            throw Unavailable("refused, and stored all the same");
    });
    if (answer == Answer::unknown || answer == Answer::unheard) entry.unclear = true;
    entry.refused = answer == Answer::refused && !entry.unclear;
    if (answer != Answer::done) {
        // Most come again.
        if (!world_.once_in(4)) again_.push_back(entry.label());
        return;
    }
    entry.unclear = false;
    if (const auto* enqueued = std::get_if<store::Enqueued>(&result)) {
        const std::string& id = enqueued->messages.front().id;
        if (!entry.id.empty() && entry.id != id)
            world_.complain("doubled: " + entry.label() + " was acknowledged under two ids");
        entry.id = id;
        if (!entry.acknowledged) ++world_.result.messages;
        entry.acknowledged = true;
        if (!entry.asked_until) entry.asked_until = world_.now();
        if (!enqueued->repeated) checks_.consent.on_taken(entry);
    } else {
        world_.tell(entry.label() + " isn't taken");
        if (!entry.id.empty()) world_.complain("lost: " + entry.label() + " was known, and is refused now");
        entry.refused = true;
    }
}

void SendingLife::repeat() {
    if (!webhooks_again_.empty()) {
        const InboundMessage message = webhooks_again_.front();
        webhooks_again_.erase(webhooks_again_.begin());
        receive(message);
    }
    if (again_.empty()) return;
    Entry& entry = *world_.find(again_.front());
    again_.erase(again_.begin());
    submit(entry);
}

void SendingLife::retry_by_hand() {
    const Entry* failed = any_entry();
    if (failed == nullptr || !failed->seen || failed->seen->state != DeliveryState::failed) return;
    const std::string label = "m" + std::to_string(++made_);
    Entry& entry = world_.entries[label];
    entry.number = made_;
    entry.request = failed->request;
    entry.request.content = entry.request.idempotency_key = entry.request.request_hash = label;
    entry.request.retry_of = failed->id;
    entry.request.send_at.reset();
    entry.request.expires_at.reset();
    submit(entry);
}

void SendingLife::cancel() {
    Entry* entry = any_entry();
    if (entry == nullptr || entry->ended()) return;
    bool canceled = false;
    const Answer answer = ask("cancel " + entry->label(), [&] {
        canceled = world_.plant == SendingPlant::sends_canceled ? entry->seen.has_value()
                                                                : store_->cancel(entry->id);
    });
    if (answer == Answer::done && canceled) entry->canceled = true;
    // The cancellation may have been done.
    if (answer == Answer::unknown || answer == Answer::unheard) entry->maybe_canceled = true;
}

void SendingLife::guest_writes() {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = "IN" + std::to_string(++made_);
    message.from = guest();
    message.to = sender();
    message.content = "hello";
    message.received_at = world_.clock.now();
    const std::uint64_t kind = world_.pick(8);
    if (kind < 4) {
        Consent consent;
        consent.kind = kind == 0 ? ConsentKind::opt_out : ConsentKind::opt_in;
        consent.channel = "sms";
        consent.address = message.from;
        consent.scopes = {message.to};
        consent.source = "keyword";
        message.consent = consent;
    }
    receive(message);
}

void SendingLife::receive(const InboundMessage& message) {
    bool duplicate = false;
    const bool ignored = world_.plant == SendingPlant::ignores_opt_out && message.consent;
    const Answer answer = ask("receive " + message.provider_message_id + " of " + message.from, [&] {
        if (!ignored) duplicate = std::get<store::ReceiveResult>(inbox_->receive(message)).duplicate;
    });
    if (answer != Answer::done) webhooks_again_.push_back(message);
    const bool clear = answer == Answer::done && !duplicate;
    if (answer != Answer::refused && !duplicate)
        checks_.quiet.guest_wrote(message.from, message.received_at, clear);
    if (!message.consent || answer == Answer::refused) return;
    const bool out = message.consent->kind == ConsentKind::opt_out;
    checks_.consent.said(message.to, message.from, !clear ? Said::doubtful : out ? Said::out : Said::in);
}

void SendingLife::report(const Provider::Report& report) {
    const std::string what =
        "report " + report.update.provider_message_id + " " + report.update.report.provider_status;
    store::StatusUpdate update = report.update;
    update.received_at = world_.clock.now();
    const Answer answer = ask(what, [&] { inbox_->apply_status(update); });
    // Whether it counts depends on what was said since the message was sent.
    if (update.opted_out)
        for (const auto& [label, entry] : world_.entries)
            if (std::ranges::count(entry.acceptances, update.provider_message_id) > 0)
                checks_.consent.said(entry.request.from, entry.request.to, Said::doubtful);
    // A provider that gets no answer comes again.
    if (answer != Answer::done && !world_.once_in(4)) provider_->repeat({world_.now() + 30s, report.update});
}

void SendingLife::operate() {
    const std::uint64_t kind = world_.pick(6);
    const store::Lane lane{"sms", sender()};
    if (kind == 0) {
        ask("reload", [&] { store_->release_lanes("sms"); });
    } else if (kind == 1) {
        ask("release " + lane.sender, [&] { store_->release_lane(lane); });
    } else if (kind == 2) {
        world_.tell("the channel isn't ready");
        directory_.set("sms", nullptr);
        channel_back_at_ = world_.now() + world_.up_to(10min);
    } else if (kind == 3 && pauses_.size() < 2) {
        const std::array<store::Pause, 3> choice{store::Pause{}, {"sms", {}}, {"sms", lane.sender}};
        pause(choice[world_.pick(choice.size())], true);
    } else if (!pauses_.empty()) {
        pause(*pauses_.begin(), false);
    }
}

void SendingLife::pause(const store::Pause& pause, bool paused) {
    const Answer answer = ask((paused ? "pause " : "resume ") + pause.channel + pause.sender,
                              [&] { store_->set_paused(pause, paused); });
    // Without an answer the process has to start again, and looks then.
    if (answer != Answer::done) return;
    if (paused)
        pauses_.insert(pause);
    else
        pauses_.erase(pause);
}

void SendingLife::set_clock() {
    const auto longest = world_.once_in(10) ? 72h : 3h;
    const auto by = world_.once_in(2) ? world_.up_to(longest) : -world_.up_to(longest);
    world_.tell("the clock is set");
    world_.clock.set_wall_by(by);
    clock_set_by_ += by;
    world_.disturbed();
    // The wall clock counts for all that comes by it, so the gateway looks.
    woken_ = true;
}

}  // namespace jackgw::test
