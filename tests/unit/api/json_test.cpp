#include "api/model_json.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using namespace jackgw::api;

namespace {
const Timestamp noon = *parse_iso8601("2026-11-22T12:00:00Z");
}

TEST_CASE("A message with everything") {
    Message message;
    message.id = "m";
    message.conversation_id = "c";
    message.guest_id = "g";
    message.channel = "sms";
    message.direction = Direction::outbound;
    message.role = Role::ai;
    message.content = "Grüße \"\n";
    message.media = {{"https://x.example/a", "image/png"}, {"https://x.example/b", ""}};
    message.from = "+15551234567";
    message.to = "+15559876543";
    message.priority = Priority::high;
    message.delivery = {DeliveryState::failed, false, "undelivered", "UNREACHABLE", 30003,
                        "unreachable",         true};
    message.provider_message_id = "SM1";
    message.segments = 2;
    message.encoding = "GSM-7";
    message.consent = ConsentKind::opt_out;
    message.retry_of = "m0";
    message.retried_by = "m1";
    message.group = MessageGroup{"m", 1, 2};
    message.metadata = R"({"booking":12,"tags":["vip"]})";
    message.raw = {{"Body", "never shown"}};
    message.send_at = noon;
    message.expires_at = noon + std::chrono::hours{10};
    message.discarded_at = noon + std::chrono::hours{11};
    message.created_at = noon;
    message.updated_at = noon + std::chrono::microseconds{1};
    CHECK(
        to_text(to_json(message)) ==
        R"({"id":"m","conversationId":"c","guestId":"g","channel":"sms","direction":"outbound","role":"ai",)"
        R"("content":"Grüße \"\n","media":[{"index":0,"url":"https://x.example/a","contentType":"image/png"},)"
        R"({"index":1,"url":"https://x.example/b","contentType":null}],"from":"+15551234567",)"
        R"("to":"+15559876543","priority":"high","deliveryStatus":"failed","providerStatus":"undelivered",)"
        R"("providerMessageId":"SM1","errorCode":"UNREACHABLE","providerErrorCode":30003,)"
        R"("errorMessage":"unreachable","retryable":true,"segments":2,"encoding":"GSM-7",)"
        R"("consent":"opt_out","group":{"id":"m","part":1,"parts":2},"retryOf":"m0","retriedBy":"m1","metadata":{"booking":12,"tags":["vip"]},"sendAt":"2026-11-22T12:00:00.000000Z",)"
        R"("expiresAt":"2026-11-22T22:00:00.000000Z","discardedAt":"2026-11-22T23:00:00.000000Z",)"
        R"("createdAt":"2026-11-22T12:00:00.000000Z","updatedAt":"2026-11-22T12:00:00.000001Z"})");
}

TEST_CASE("A message with as little as can be has the same fields, null where there is nothing") {
    Message message;
    message.id = "m";
    message.conversation_id = "c";
    message.guest_id = "g";
    message.channel = "sms";
    message.from = "+15559876543";
    message.to = "+15551234567";
    message.delivery.state = DeliveryState::received;
    message.created_at = message.updated_at = noon;
    CHECK(
        to_text(to_json(message)) ==
        R"({"id":"m","conversationId":"c","guestId":"g","channel":"sms","direction":"inbound","role":"guest",)"
        R"("content":"","media":[],"from":"+15559876543","to":"+15551234567","priority":"standard",)"
        R"("deliveryStatus":"received","providerStatus":null,"providerMessageId":null,"errorCode":null,)"
        R"("providerErrorCode":null,"errorMessage":null,"retryable":false,"segments":null,"encoding":null,)"
        R"("consent":null,"group":null,"retryOf":null,"retriedBy":null,"metadata":null,"sendAt":null,"expiresAt":null,"discardedAt":null,"createdAt":"2026-11-22T12:00:00.000000Z",)"
        R"("updatedAt":"2026-11-22T12:00:00.000000Z"})");
}

TEST_CASE("A conversation") {
    Conversation conversation;
    conversation.id = "c";
    conversation.guest_id = "g";
    conversation.channel = "sms";
    conversation.property = "main";
    conversation.guest_address = "+15559876543";
    conversation.message_count = 3;
    conversation.activity_seq = 99;
    conversation.last_message_preview = "Hello";
    conversation.last_message_at = noon;
    conversation.created_at = conversation.updated_at = noon;
    CHECK(
        to_text(to_json(conversation, {"+15551234567", true})) ==
        R"({"id":"c","guestId":"g","channel":"sms","property":"main","state":"new","guestAddress":"+15559876543",)"
        R"("gatewayAddress":null,"answersFrom":"+15551234567","optedOut":true,"messageCount":3,)"
        R"("lastMessagePreview":"Hello","lastMessageAt":"2026-11-22T12:00:00.000000Z",)"
        R"("createdAt":"2026-11-22T12:00:00.000000Z",)"
        R"("updatedAt":"2026-11-22T12:00:00.000000Z"})");
}

TEST_CASE("A guest with identities and consents") {
    Guest guest;
    guest.id = "g";
    guest.property = "main";
    guest.name = "Anna";
    guest.identities = {{"sms", "+15559876543"}};
    guest.created_at = guest.updated_at = noon;
    const ConsentEntry stop{
        7, ConsentKind::opt_out, "sms", "+15559876543", "+15551234567", "keyword", "STOP", "", "", noon};
    const ConsentEntry told{8,          ConsentKind::opt_out, "sms", "+15559876543", "", "staff", "",
                            "by phone", "front-desk",         noon};
    CHECK(
        to_text(to_json(guest, {stop, told})) ==
        R"({"id":"g","property":"main","name":"Anna","notes":null,"identities":[{"channel":"sms","address":"+15559876543"}],)"
        R"("consents":[{"kind":"opt_out","channel":"sms","address":"+15559876543","scope":"+15551234567",)"
        R"("source":"keyword","keyword":"STOP","note":null,"recordedBy":null,)"
        R"("at":"2026-11-22T12:00:00.000000Z"},)"
        R"({"kind":"opt_out","channel":"sms","address":"+15559876543","scope":null,"source":"staff",)"
        R"("keyword":null,"note":"by phone","recordedBy":"front-desk","at":"2026-11-22T12:00:00.000000Z"}],)"
        R"("consentStates":[{"channel":"sms","address":"+15559876543","scope":"+15551234567",)"
        R"("optedOut":true,"since":"2026-11-22T12:00:00.000000Z"},)"
        R"({"channel":"sms","address":"+15559876543","scope":null,)"
        R"("optedOut":true,"since":"2026-11-22T12:00:00.000000Z"}],)"
        R"("createdAt":"2026-11-22T12:00:00.000000Z","updatedAt":"2026-11-22T12:00:00.000000Z"})");
}

TEST_CASE("Attempts: one done, one in flight") {
    Attempt attempt;
    attempt.id = "a";
    attempt.number = 2;
    attempt.started_at = noon;
    CHECK(
        to_text(to_json(attempt)) ==
        R"({"id":"a","number":2,"startedAt":"2026-11-22T12:00:00.000000Z","finishedAt":null,"outcome":null,)"
        R"("providerMessageId":null,"providerStatus":null,"errorCode":null,"providerErrorCode":null,)"
        R"("errorMessage":null,"concerns":null,"retryAfterMs":null})");

    Outcome outcome;
    outcome.kind = OutcomeKind::refused_for_now;
    outcome.error_code = "RATE_LIMITED";
    outcome.provider_error_code = 20429;
    outcome.error_message = "too many";
    outcome.concern = Concern::recipient;
    outcome.retry_after_ms = 1500;
    attempt.outcome = outcome;
    attempt.finished_at = noon;
    CHECK(
        to_text(to_json(attempt)) ==
        R"({"id":"a","number":2,"startedAt":"2026-11-22T12:00:00.000000Z",)"
        R"("finishedAt":"2026-11-22T12:00:00.000000Z","outcome":"refused_for_now",)"
        R"("providerMessageId":null,"providerStatus":null,"errorCode":"RATE_LIMITED",)"
        R"("providerErrorCode":20429,"errorMessage":"too many","concerns":"recipient","retryAfterMs":1500})");
}

TEST_CASE("An event shows its data as JSON") {
    Event event;
    event.seq = 5;
    event.type = "message.status";
    event.data = R"({"deliveryStatus":"sent"})";
    event.at = noon;
    CHECK(to_text(to_json(event)) == R"({"seq":5,"type":"message.status","at":"2026-11-22T12:00:00.000000Z",)"
                                     R"("data":{"deliveryStatus":"sent"}})");
}

TEST_CASE("A preview") {
    Mapped mapped;
    mapped.encoding = "UCS-2";
    mapped.units = 71;
    mapped.segments = 2;
    mapped.truncated = true;
    mapped.parts = {"one", "two"};
    CHECK(to_text(to_json(mapped)) ==
          R"({"encoding":"UCS-2","units":71,"codePoints":null,"segments":2,"parts":["one","two"],)"
          R"("truncated":true,"warnings":[],"replacements":[],"messages":[]})");

    mapped.code_points = 70;
    mapped.warnings = {"a landline"};
    mapped.replacements = {{"’", "'"}};
    mapped.pieces = {{"(1/2) one", "UCS-2", 9, 1}, {"(2/2) two", "GSM-7", 10, 2}};
    CHECK(to_text(to_json(mapped)) ==
          R"({"encoding":"UCS-2","units":71,"codePoints":70,"segments":2,"parts":["one","two"],)"
          R"("truncated":true,"warnings":["a landline"],"replacements":[{"written":"’","sent":"'"}],)"
          R"("messages":[{"content":"(1/2) one","encoding":"UCS-2","units":9,"segments":1},)"
          R"({"content":"(2/2) two","encoding":"GSM-7","units":10,"segments":2}]})");
}

TEST_CASE("The outbox with a held lane") {
    store::OutboxReport report;
    report.depth = 9;
    report.unknown = 1;
    report.oldest_due_at = noon;
    store::LaneReport lane;
    lane.lane = {"sms", "+15551234567"};
    lane.depth = 9;
    lane.ready = 2;
    lane.in_flight = 1;
    lane.scheduled = 3;
    lane.retrying = 1;
    lane.unknown = 1;
    lane.account = "AC1";
    lane.held_reason = "credentials are wrong";
    report.lanes = {lane};
    store::Hold hold;
    hold.channel = "sms";
    hold.scope = store::HoldScope::account;
    hold.name = "AC1";
    hold.reason = "credentials are wrong";
    hold.since = noon;
    hold.next_probe_at = noon;
    hold.probes = 2;
    report.holds = {hold};
    report.pauses = {{"sms", ""}};
    CHECK(to_text(to_json(report)) ==
          R"({"depth":9,"unknown":1,"paused":false,"oldestDueAt":"2026-11-22T12:00:00.000000Z",)"
          R"("lanes":[{"channel":"sms","sender":"+15551234567","depth":9,"ready":2,"inFlight":1,)"
          R"("scheduled":3,"retrying":1,"blocked":2,"unknown":1,"paused":false,"account":"AC1",)"
          R"("heldReason":"credentials are wrong"}],)"
          R"("waiting":{"schedule":3,"retry":1,"earlier_message":2,"paused":0,"held":2,"rate":0},)"
          R"("holds":[{"channel":"sms","scope":"account","name":"AC1","state":"held",)"
          R"("cause":"misconfigured","reason":"credentials are wrong",)"
          R"("since":"2026-11-22T12:00:00.000000Z","nextProbeAt":"2026-11-22T12:00:00.000000Z",)"
          R"("failedProbes":2}],"pauses":[{"channel":"sms","sender":null}]})");
}

TEST_CASE("What a message waits for") {
    store::Waiting waiting{store::WaitingFor::held, noon, noon, "credentials are wrong"};
    CHECK(to_text(to_json(waiting, true)) ==
          R"({"for":"held","since":"2026-11-22T12:00:00.000000Z",)"
          R"("until":"2026-11-22T12:00:00.000000Z","reason":"credentials are wrong"})");
    waiting = {store::WaitingFor::rate, noon, {}, {}};
    CHECK(to_text(to_json(waiting, true)) ==
          R"({"for":"rate","since":"2026-11-22T12:00:00.000000Z","until":null,"reason":null})");
    CHECK(to_text(to_json(waiting, false)) ==
          R"({"for":"plugin","since":"2026-11-22T12:00:00.000000Z","until":null,)"
          R"("reason":"the channel's plugin is not ready"})");
}
