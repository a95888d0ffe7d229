// Doubtful attempts against the simulator's list, which is late: taken, absent, or who can tell.

#include <catch2/catch.hpp>

#include "sms_channel.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

const std::string service = "MG0123456789abcdef0123456789abcdef";
const std::string other_guest = "+15559870000";
const std::string text = "Your room is ready";

/// The channel, beside a simulator whose messages stay queued, and the attempts that it makes.
struct Doubtful : SmsChannel {
    explicit Doubtful(const std::string& list_delay_ms = "0", std::vector<std::string> more = {},
                      const std::string& by_service = {})
        : SmsChannel(options(list_delay_ms, std::move(more)), by_service),
          from(by_service.empty() ? our_number : by_service) {}

    static std::vector<std::string> options(const std::string& list_delay_ms, std::vector<std::string> more) {
        more.insert(more.end(), {"--list-delay-ms", list_delay_ms, "--status-delay-ms", "3600000"});
        return more;
    }

    void fault(const std::string& kind) const {
        REQUIRE(simulator.control("POST", "faults", R"({"kind":")" + kind + R"("})").status == 201);
    }

    /// An attempt whose outcome is unknown, for `kind` of a fault.
    DoubtfulAttempt doubtful(const std::string& kind, const std::string& content = text,
                             const std::string& to = guest) {
        fault(kind);
        DoubtfulAttempt attempt;
        attempt.message_id = "m-" + std::to_string(++attempts);
        attempt.attempt_id = "a-" + std::to_string(attempts);
        attempt.from = from;
        attempt.to = to;
        attempt.content = content;
        attempt.started_at = host.clock.now();
        const Outcome outcome = send({.message_id = attempt.message_id,
                                      .attempt_id = attempt.attempt_id,
                                      .from = from,
                                      .to = to,
                                      .content = content,
                                      .media_urls = {},
                                      .expires_at = {}});
        attempt.ended_at = host.clock.now();
        REQUIRE(outcome.kind == OutcomeKind::unknown);
        return attempt;
    }

    /// A message that went well, and whose attempt the store knows.
    std::string owned(const std::string& to, const std::string& content = text) {
        store::Store& store = *host.store;
        OutboundMessage message;
        message.channel = "sms";
        message.to = to;
        message.from = from;
        message.content = content;
        message.expires_at = host.clock.now() + std::chrono::hours{10};
        REQUIRE(std::holds_alternative<store::Enqueued>(store.enqueue(message)));
        const auto claims =
            store.claim({{.lane = {"sms", from}, .account = {}}}, std::chrono::minutes{10}).claims;
        REQUIRE(claims.size() == 1);
        const store::Claim& claim = claims.front();
        store::AttemptFinish finish;
        finish.attempt_id = claim.attempt_id;
        finish.outcome = send({.message_id = claim.message_id,
                               .attempt_id = claim.attempt_id,
                               .from = from,
                               .to = claim.to,
                               .content = claim.content,
                               .media_urls = {},
                               .expires_at = {}});
        REQUIRE(finish.outcome.kind == OutcomeKind::accepted);
        REQUIRE(store.finish_attempt(finish));
        return finish.outcome.provider_message_id;
    }

    /// A message that somebody else sends from our number; its SID.
    std::string strangers(const std::string& content) const {
        const HttpReply reply = simulator.send(RunningSimulator::message(content));
        REQUIRE(reply.status == 201);
        return reply.at("sid");
    }

    ReconcileResult reconcile(const DoubtfulAttempt& attempt) {
        return host.manager().sender("sms")->reconcile(attempt);
    }

    void check_cant_tell(const DoubtfulAttempt& attempt, const std::string& reason) {
        const ReconcileResult result = reconcile(attempt);
        CHECK(result.kind == Reconciliation::cant_tell);
        CHECK_THAT(result.reason, Catch::Contains(reason));
    }

    const std::string from;
    int attempts = 0;
};

}  // namespace

TEST_CASE("While the list is late nobody can tell; then it shows the message, with our attempt in it") {
    Doubtful sms("3600000");
    const DoubtfulAttempt attempt = sms.doubtful("cut-after");
    sms.check_cant_tell(attempt, "no later message of ours");
    CHECK(sms.simulator.control("POST", "list", R"({"delayMs":0})").status == 200);
    const ReconcileResult result = sms.reconcile(attempt);
    REQUIRE(result.kind == Reconciliation::taken);
    CHECK(result.outcome.provider_status == "queued");
    CHECK(result.outcome.state == DeliveryState::pending);
    const HttpReply taken = sms.simulator.control("GET", "messages?with=%2B15559876543");
    CHECK(taken.at("messages.0.sid") == result.outcome.provider_message_id);
    CHECK(taken.at("messages.0.attempt") == attempt.attempt_id);
    CHECK(taken.at("messages.1") == "(absent)");
}

TEST_CASE("Absent is said when the list shows a later message of ours, not before") {
    Doubtful sms;
    const DoubtfulAttempt attempt = sms.doubtful("cut-before");
    sms.check_cant_tell(attempt, "no later message of ours");
    sms.strangers("to somebody");  // nobody's, and to the same guest: it can't be told apart
    sms.check_cant_tell(attempt, "nobody's");

    const DoubtfulAttempt second = sms.doubtful("cut-before", text, "+15559871111");
    sms.check_cant_tell(second, "no later message of ours");
    sms.owned(other_guest);
    CHECK(sms.reconcile(second).kind == Reconciliation::absent);
    sms.check_cant_tell(attempt, "nobody's");
}

TEST_CASE("Of two equal texts to one guest the one is the other attempt's") {
    Doubtful sms;
    const std::string first = sms.owned(guest);
    const DoubtfulAttempt lost = sms.doubtful("500-before");
    const std::string later = sms.owned(other_guest);
    CHECK(sms.reconcile(lost).kind == Reconciliation::absent);

    const DoubtfulAttempt taken = sms.doubtful("500-after");
    const ReconcileResult result = sms.reconcile(taken);
    REQUIRE(result.kind == Reconciliation::taken);
    CHECK(result.outcome.provider_message_id != first);
    CHECK(result.outcome.provider_message_id != later);
    // Two that nobody owns can't be told apart.
    sms.doubtful("cut-after");
    sms.check_cant_tell(taken, "2 messages");
}

TEST_CASE("Two doubtful texts to one guest don't wait for one another") {
    Doubtful sms;
    const DoubtfulAttempt first = sms.doubtful("cut-after", "Your room is ready");
    const DoubtfulAttempt second = sms.doubtful("cut-after", "Breakfast is from seven");
    const ReconcileResult one = sms.reconcile(first);
    const ReconcileResult two = sms.reconcile(second);
    REQUIRE(one.kind == Reconciliation::taken);
    REQUIRE(two.kind == Reconciliation::taken);
    CHECK(one.outcome.provider_message_id != two.outcome.provider_message_id);
}

TEST_CASE("A text that Twilio has encoded or trimmed is still the attempt's, another one is not") {
    const auto [written, shown, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"“Lake Room” – now…", "\"Lake Room\" - now...", ""},
        {"Your room is ready \n", "Your room is ready", ""},
        {"Your room is ready", "Your room is  ready", "differs"},
        {"Your room is ready", "Your room", "differs"},
    }));
    CAPTURE(written, shown);
    Doubtful sms;
    const DoubtfulAttempt attempt = sms.doubtful("cut-before", written);
    const std::string sid = sms.strangers(shown);
    sms.owned(other_guest);
    if (!reason.empty()) return sms.check_cant_tell(attempt, reason);
    const ReconcileResult result = sms.reconcile(attempt);
    REQUIRE(result.kind == Reconciliation::taken);
    CHECK(result.outcome.provider_message_id == sid);
}

TEST_CASE("A service's message is found while no sender is chosen and nothing is sent") {
    Doubtful sms("0", {"--messaging-service", service}, service);
    const DoubtfulAttempt taken = sms.doubtful("cut-after");
    const HttpReply listed = sms.simulator.rest("GET", "/Messages.json");
    CHECK(listed.at("messages.0.from") == "null");
    CHECK(listed.at("messages.0.date_sent") == "null");
    const ReconcileResult result = sms.reconcile(taken);
    REQUIRE(result.kind == Reconciliation::taken);
    CHECK(result.outcome.provider_message_id == listed.at("messages.0.sid"));
    CHECK(result.outcome.provider_status == "accepted");

    const DoubtfulAttempt absent = sms.doubtful("cut-before", text, "+15559871111");
    sms.check_cant_tell(absent, "no later message of ours");
    sms.owned(other_guest);
    CHECK(sms.reconcile(absent).kind == Reconciliation::absent);
}

TEST_CASE("The list is followed over its pages to the attempt") {
    constexpr int more_than_two_pages = 401;
    Doubtful sms;
    const DoubtfulAttempt taken = sms.doubtful("cut-after", "The first of many");
    for (int i = 0; i < more_than_two_pages; ++i) sms.owned(guest);
    const ReconcileResult result = sms.reconcile(taken);
    REQUIRE(result.kind == Reconciliation::taken);
    CHECK(sms.simulator.control("GET", "messages?with=%2B15559876543").at("messages.0.sid") ==
          result.outcome.provider_message_id);
}

TEST_CASE("Where the list can't be had it is asked for again, unless that is Twilio's last word") {
    Doubtful sms;
    const DoubtfulAttempt attempt = sms.doubtful("cut-after");
    const auto [status, kind] = GENERATE(table<int, Reconciliation>({
        {401, Reconciliation::unavailable},
        {429, Reconciliation::unavailable},
        {500, Reconciliation::unavailable},
        {503, Reconciliation::unavailable},
        {302, Reconciliation::unavailable},
        {403, Reconciliation::unavailable},
        {200, Reconciliation::unavailable},
        {404, Reconciliation::cant_tell},
    }));
    CAPTURE(status);
    sms.simulator.control("POST", "faults",
                          R"({"kind":"list-error","value":)" + std::to_string(status) + "}");
    const ReconcileResult result = sms.reconcile(attempt);
    CHECK(result.kind == kind);
    CHECK_FALSE(result.reason.empty());
    CHECK(sms.reconcile(attempt).kind == Reconciliation::taken);
}
