#include "fixture.h"

#include "storage/operations_store.h"

namespace jackgw::test {

StoreTest::StoreTest() : backend(make_backend()) {
    reopen();
}

void StoreTest::wrap(Wrap wrap) {
    wrap_ = std::move(wrap);
    reopen();
}

void StoreTest::reopen() {
    store.reset();
    std::unique_ptr<store::Backend> opened = backend->open(clock, ids);
    store = storage::make_store(wrap_ ? wrap_(std::move(opened)) : std::move(opened));
}

RacingStoreTest::RacingStoreTest() {
    wrap([this](std::unique_ptr<store::Backend> real) {
        auto racing = std::make_unique<RacingBackend>(std::move(real), race);
        racing_ = racing.get();
        return racing;
    });
}

InboundMessage StoreTest::inbound(const std::string& content, const std::string& from) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = "IN" + std::to_string(++next_provider_id_);
    message.from = from;
    message.to = hotel_number;
    message.content = content;
    message.encoding = "GSM-7";
    message.provider_status = "received";
    message.segments = 1;
    message.raw = {{"From", from}, {"Body", content}};
    message.received_at = now();
    return message;
}

OutboundMessage StoreTest::outbound(const std::string& content, const std::string& to,
                                    Priority priority) const {
    OutboundMessage message;
    message.channel = "sms";
    message.to = to;
    message.from = hotel_number;
    message.content = content;
    message.encoding = "GSM-7";
    message.priority = priority;
    message.expires_at = now() + 10h;
    return message;
}

Message StoreTest::enqueue(const OutboundMessage& message) {
    const EnqueueResult result = store->enqueue(message);
    const auto* enqueued = std::get_if<Enqueued>(&result);
    REQUIRE(enqueued != nullptr);
    return enqueued->messages.front();
}

std::optional<Claim> StoreTest::claim(const Lane& lane) {
    store->promote_due();
    for (;;) {
        ClaimResult result = store->claim({{lane, {}, 1, 1}}, StoreTest::lease);
        if (!result.claims.empty()) return std::move(result.claims.front());
        if (!result.more) return std::nullopt;
    }
}

std::string StoreTest::claimed() {
    const std::optional<Claim> next = claim();
    return next ? next->content : "-";
}

void StoreTest::accept(const Claim& claim, const std::string& provider_id) {
    Outcome accepted = outcome(OutcomeKind::accepted);
    accepted.provider_message_id = provider_id;
    accepted.provider_status = "queued";
    accepted.state = DeliveryState::pending;
    REQUIRE(store->finish_attempt(finish_of(claim, accepted)));
}

void StoreTest::refuse(const Claim& claim, std::optional<std::chrono::microseconds> retry_in) {
    AttemptFinish finish = finish_of(claim, outcome(OutcomeKind::refused_for_now, "SEND_FAILED"));
    if (retry_in) finish.retry_after = *retry_in;
    REQUIRE(store->finish_attempt(finish));
}

void StoreTest::lose(const Claim& claim, std::chrono::microseconds settling) {
    AttemptFinish finish = finish_of(claim, outcome(OutcomeKind::unknown, "UNKNOWN"));
    finish.settle_for = settling;
    REQUIRE(store->finish_attempt(finish));
}

void StoreTest::misconfigure(const Claim& claim, const std::string& reason) {
    Outcome misconfigured = outcome(OutcomeKind::misconfigured);
    misconfigured.error_message = reason;
    misconfigured.concern = Concern::sender;
    REQUIRE(store->finish_attempt(finish_of(claim, misconfigured)));
}

StatusUpdate StoreTest::status(std::string word, const std::string& provider_id,
                               const std::string& attempt_id) const {
    StatusUpdate update;
    update.channel = "sms";
    update.provider_message_id = provider_id;
    update.attempt_id = attempt_id;
    update.report.state = parse_delivery_state(word);
    update.report.provider_status = word;
    update.raw = {{"MessageStatus", word}};
    update.received_at = now();
    return update;
}

Message StoreTest::message(const std::string& id) {
    const std::optional<Message> found = store->message(id);
    REQUIRE(found);
    return *found;
}

std::string StoreTest::event_types() {
    std::string types;
    for (const Event& event : store->events(0, 1000)) types += (types.empty() ? "" : " ") + event.type;
    return types;
}

Outcome outcome(OutcomeKind kind, const std::string& error_code) {
    Outcome result;
    result.kind = kind;
    result.error_code = error_code;
    if (!error_code.empty()) {
        result.provider_error_code = 20429;
        result.error_message = "as the provider said";
    }
    return result;
}

AttemptFinish finish_of(const Claim& claim, Outcome outcome) {
    AttemptFinish finish;
    finish.attempt_id = claim.attempt_id;
    finish.outcome = std::move(outcome);
    return finish;
}

ConsentReport consent_report(ConsentKind kind, const std::string& scope, Timestamp at) {
    ConsentReport report;
    report.consent = {.kind = kind,
                      .channel = "sms",
                      .address = guest_number,
                      .scopes = {scope},
                      .source = "provider",
                      .keyword = {},
                      .note = {},
                      .recorded_by = {}};
    report.received_at = at;
    return report;
}

}  // namespace jackgw::test
