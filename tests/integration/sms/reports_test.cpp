// Codes that come later, in signed callbacks: the message fails with their name and words, and nothing is
// sent again.

#include <catch2/catch.hpp>
#include <sstream>

#include "../../support/claim_one.h"
#include "../../support/eventually.h"
#include "expected_errors.h"
#include "sms_channel.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// Stores a message and sends it, as the outbox does; its id.
std::string send(SmsChannel& sms, const std::string& to) {
    store::Store& store = *sms.host.store;
    const Timestamp now = sms.host.clock.now();
    OutboundMessage message;
    message.channel = "sms";
    message.to = to;
    message.from = our_number;
    message.content = "Your room is ready";
    message.expires_at = now + std::chrono::hours{10};
    const auto stored = std::get<store::Enqueued>(store.enqueue(message)).messages.front();
    const auto claim = claim_one(store, {"sms", our_number});
    REQUIRE(claim);
    store::AttemptFinish finish;
    finish.attempt_id = claim->attempt_id;
    finish.outcome = sms.send({.message_id = claim->message_id,
                               .attempt_id = claim->attempt_id,
                               .from = claim->lane.sender,
                               .to = claim->to,
                               .content = claim->content,
                               .media_urls = {},
                               .expires_at = claim->expires_at});
    REQUIRE(finish.outcome.kind == OutcomeKind::accepted);
    REQUIRE(store.finish_attempt(finish));
    return stored.id;
}

/// What stands before the words in the log's line on a message's failure: time and level. Only when nothing
/// writes there any more.
std::string level_of_failure(const SmsChannel& sms, const std::string& sid) {
    std::istringstream lines(sms.host.log_text.str());
    for (std::string line; std::getline(lines, line);)
        if (const auto words = line.find("message " + sid + " failed"); words != std::string::npos)
            return line.substr(0, words);
    return {};
}

}  // namespace

TEST_CASE("Every error code of a callback fails the message with its name and words, and sends nothing") {
    SmsChannel sms;
    store::Store& store = *sms.host.store;
    int number = 0;
    std::vector<std::string> sids;
    for (const ExpectedError& expected : expected_errors()) {
        CAPTURE(expected.code);
        const std::string to = "+1555200" + std::to_string(1000 + number++);
        REQUIRE(sms.simulator
                    .control("POST", "outcomes",
                             R"({"to":")" + to + R"(","outcome":"undelivered:)" +
                                 std::to_string(expected.code) + R"("})")
                    .status == 200);
        const std::string id = send(sms, to);
        REQUIRE(eventually([&] { return store.message(id)->delivery.state == DeliveryState::failed; }));
        const Message failed = *store.message(id);
        CHECK(failed.delivery.error_code == expected.name);
        CHECK(failed.delivery.provider_error_code == expected.code);
        CHECK(failed.delivery.provider_status == "undelivered");
        CHECK(failed.delivery.retryable == expected.retryable);
        CHECK_THAT(failed.delivery.error_message,
                   Catch::Contains(std::string(expected.says)) &&
                       Catch::Contains("(Twilio " + std::to_string(expected.code)));
        CHECK(store.consents(failed.guest_id).empty() == !expected.opted_out);
        sids.push_back(failed.provider_message_id);
    }
    CHECK(store.outbox().depth == 0);
    CHECK(sms.simulator.control("GET", "state").at("createRequests") == std::to_string(number));

    // What only an operator can mend is an error in the log.
    REQUIRE(sms.host.manager().stop());
    for (std::size_t i = 0; i < sids.size(); ++i) {
        const ExpectedError& expected = expected_errors()[i];
        CAPTURE(expected.code);
        const bool for_operators = expected.kind == OutcomeKind::misconfigured ||
                                   (expected.kind == OutcomeKind::rejected && expected.retryable);
        CHECK_THAT(level_of_failure(sms, sids[i]), Catch::Contains(for_operators ? "error" : "warning"));
    }
}
