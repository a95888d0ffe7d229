// What a life asks of its store.
#include <array>

#include "../../support/claim_one.h"
#include "life.h"

namespace jackgw::test {

using namespace std::chrono_literals;

namespace {

const std::string hotel = "+15551234567";

}  // namespace

Life::Answer Life::ask(const std::string& what, const std::function<void()>& work) {
    ++result_.operations;
    Answer answer = Answer::done;
    std::string why;
    try {
        work();
    } catch (const OutcomeUnknown& error) {
        answer = Answer::unknown;
        why = error.what();
    } catch (const Error& error) {
        answer = Answer::refused;
        why = error.what();
    }
    if (disk_.dead()) answer = Answer::unheard;
    static constexpr std::array words{"done", "refused", "unknown", "unheard"};
    tell(what + ": " + words[static_cast<std::size_t>(answer)] + (why.empty() ? "" : ", " + why));
    std::array<std::uint64_t*, 4> counts{&result_.acknowledged, &result_.refused, &result_.unknown,
                                         &result_.unheard};
    ++*counts[static_cast<std::size_t>(answer)];
    return answer;
}

void Life::note(Answer answer, const std::string& fact, const std::string& value) {
    if (answer == Answer::done) ledger_.acknowledged(fact, value);
    if (is_doubtful(answer)) ledger_.doubtful(fact, value);
}

void Life::operate() {
    if (pick(4) == 0) clock_.advance(std::chrono::milliseconds{pick(3000)});
    const std::uint64_t kind = pick(100);
    if (kind < 30)
        receive("IN" + std::to_string(++made_));
    else if (kind < 50)
        enqueue("text " + std::to_string(++made_));
    else if (kind < 66)
        claim();
    else if (kind < 80)
        finish();
    else if (kind < 88)
        report();
    else if (kind < 92)
        pause();
    else if (kind < 95)
        repeat();
    else if (kind < 98)
        ask("check", [&] { store_->check(); });
    else
        restart();
}

void Life::receive(const std::string& id) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = id;
    message.from = guest();
    message.to = hotel;
    message.content = std::string(1 + pick(3) * 1500, 'x');
    message.received_at = clock_.now();
    const Answer answer = ask("receive " + id, [&] { store_->receive(message); });
    note(answer, "in " + id, "1");
    if (is_doubtful(answer)) again_.push_back(id);
}

void Life::enqueue(const std::string& text) {
    OutboundMessage message;
    message.channel = "sms";
    message.to = guest();
    message.from = hotel;
    message.content = text;
    message.idempotency_key = text;
    message.idempotency_owner = "desk";
    message.request_hash = text;
    const Answer answer = ask("enqueue " + text, [&] { store_->enqueue(message); });
    note(answer, "out " + text, "1");
    if (is_doubtful(answer)) again_.push_back(text);
}

void Life::repeat() {
    if (again_.empty()) return;
    const std::string what = again_.front();
    again_.erase(again_.begin());
    if (what.starts_with("IN"))
        receive(what);
    else
        enqueue(what);
}

void Life::claim() {
    std::optional<store::Claim> claimed;
    const std::string before = attempts();
    const Answer answer = ask("claim", [&] {
        store_->promote_due();
        claimed = claim_one(*store_, {"sms", hotel}, 10min);
    });
    const std::string more = std::to_string(std::stoll(before) + 1);
    if (answer == Answer::done && claimed) {
        ledger_.acknowledged("attempts", more);
        attempts_.push_back(claimed->attempt_id);
        claims_.push_back(*claimed);
    } else if (is_doubtful(answer)) {
        ledger_.doubtful("attempts", more);
    }
}

std::string Life::attempts() const {
    const std::string sure = ledger_.sure("attempts");
    return sure == Ledger::absent || sure.empty() ? "0" : sure;
}

void Life::finish() {
    if (claims_.empty()) return;
    const std::size_t which = pick(claims_.size());
    store::AttemptFinish finish;
    finish.attempt_id = claims_[which].attempt_id;
    finish.outcome.kind = OutcomeKind::accepted;
    finish.outcome.state = DeliveryState::sent;
    const std::string id = "SM" + std::to_string(++made_);
    finish.outcome.provider_message_id = id;
    const Answer answer = ask("finish " + id, [&] { store_->finish_attempt(finish); });
    note(answer, "accepted " + id, "1");
    if (answer == Answer::done) {
        claims_.erase(claims_.begin() + static_cast<std::ptrdiff_t>(which));
        sent_.push_back(id);
    }
}

void Life::report() {
    if (sent_.empty()) return;
    store::StatusUpdate update;
    update.channel = "sms";
    update.provider_message_id = sent_[pick(sent_.size())];
    update.report.state = DeliveryState::delivered;
    update.report.provider_status = "delivered";
    update.received_at = clock_.now();
    const Answer answer = ask("report " + update.provider_message_id, [&] { store_->apply_status(update); });
    note(answer, "report " + update.provider_message_id, "1");
}

void Life::pause() {
    const bool paused = pick(2) == 0;
    const Answer answer = ask(paused ? "pause" : "resume", [&] { store_->set_paused({}, paused); });
    note(answer, "paused", paused ? "1" : Ledger::absent);
}

}  // namespace jackgw::test
