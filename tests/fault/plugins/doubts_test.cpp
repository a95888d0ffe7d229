// Whom an outcome concerns, and what a plugin says of a doubtful attempt: what reaches the host, and what
// becomes of what makes no sense.

#include <catch2/catch.hpp>

#include "../../support/claim_one.h"
#include "plugin_host.h"

using namespace jackgw;

namespace {

/// The fixture "doubts" as a channel; see its source for what it answers, and what the channel's name
/// chooses.
struct Doubts : test::PluginHost {
    explicit Doubts(const std::string& channel = "doubts", const std::string& fixture = "doubts")
        : PluginHost({{channel, fixture, true, false}}) {
        install_fixture(fixture, fixture);
        manager().start();
        sender = manager().sender(channel);
    }

    Outcome send(const std::string& content, const std::string& kind = "refused",
                 const std::string& how = {}) {
        REQUIRE(sender);
        return sender->send({kind, how, "number", "guest", content, {}, {}});
    }

    ReconcileResult reconcile(const std::string& content, const std::string& attempt_id = "a") {
        REQUIRE(sender);
        DoubtfulAttempt attempt;
        attempt.message_id = "m";
        attempt.attempt_id = attempt_id;
        attempt.from = "number";
        attempt.to = "guest";
        attempt.content = content;
        return sender->reconcile(attempt);
    }

    std::shared_ptr<Sender> sender;
};

}  // namespace

TEST_CASE("Whom an outcome concerns reaches the host; what has no meaning is the message's") {
    Doubts doubts;
    const auto [word, concern] = GENERATE(table<std::string, Concern>({
        {"message", Concern::message},
        {"recipient", Concern::recipient},
        {"pair", Concern::pair},
        {"sender", Concern::sender},
        {"account", Concern::account},
        {"channel", Concern::channel},
        {"unclear", Concern::unclear},
        {"beyond", Concern::message},
        {"negative", Concern::message},
        {"largest", Concern::message},
    }));
    CAPTURE(word);
    for (const char* kind : {"refused", "misconfigured"}) CHECK(doubts.send(word, kind).concern == concern);
}

TEST_CASE("Where nobody says whom it concerns, it is the misconfigured sender, else the message") {
    Doubts doubts;
    // A plugin of an earlier contract says nothing, whatever stands behind its struct.
    const auto [word, how] = GENERATE(table<std::string, std::string>({
        {"unset", ""},
        {"account", "earlier"},
        {"channel", "earlier"},
    }));
    CAPTURE(word, how);
    CHECK(doubts.send(word, "refused", how).concern == Concern::message);
    CHECK(doubts.send(word, "misconfigured", how).concern == Concern::sender);
}

TEST_CASE("An alert reaches the host") {
    Doubts doubts;
    CHECK(doubts.send("recipient", "refused", "alert").alert);
    CHECK_FALSE(doubts.send("recipient").alert);
}

TEST_CASE("A sender names its account, or the channel has one") {
    const auto [channel, from, account] = GENERATE(table<std::string, std::string, std::string>({
        {"doubts", "number", "account of number"},
        {"doubts", "", "account of "},
        {"doubts", "nobody", ""},
        {"sender_without", "number", ""},
        {"sender_earlier", "number", ""},
    }));
    CAPTURE(channel, from);
    Doubts doubts(channel);
    REQUIRE(doubts.sender);
    CHECK(doubts.sender->account_of(from) == account);
}

TEST_CASE("A plugin that throws while it runs is in doubt itself, and ends nothing") {
    Doubts doubts("throws_later", "throws_later");
    REQUIRE(doubts.sender);
    CHECK(doubts.sender->account_of("number").empty());
    CHECK(doubts.send("x").kind == OutcomeKind::unknown);
    const ReconcileResult result = doubts.reconcile("x");
    CHECK(result.kind == Reconciliation::cant_tell);
    CHECK_THAT(result.reason, Catch::Contains("threw"));
}

TEST_CASE("What a reconciler says reaches the host") {
    Doubts doubts;
    const ReconcileResult taken = doubts.reconcile("taken");
    REQUIRE(taken.kind == Reconciliation::taken);
    CHECK(taken.outcome.kind == OutcomeKind::accepted);
    CHECK(taken.outcome.provider_message_id == "p-1");
    CHECK(taken.outcome.provider_status == "gone");
    CHECK(taken.outcome.state == DeliveryState::failed);
    CHECK(taken.outcome.error_code == "ODD");
    CHECK(taken.outcome.error_message == "odd \xef\xbf\xbd");
    CHECK(taken.outcome.provider_error_code == 7);
    CHECK(taken.outcome.segments == 2);
    CHECK(taken.outcome.retryable);
    CHECK(doubts.reconcile("absent").kind == Reconciliation::absent);
    const ReconcileResult open = doubts.reconcile("can't tell");
    CHECK(open.kind == Reconciliation::cant_tell);
    CHECK(open.reason == "who knows");
    const ReconcileResult later = doubts.reconcile("unavailable");
    CHECK(later.kind == Reconciliation::unavailable);
    CHECK(later.reason == "not to be asked");
}

TEST_CASE("A reconciler that makes no sense can't tell, and is never taken for absent") {
    Doubts doubts;
    const auto [content, reason] = GENERATE(table<std::string, std::string>({
        {"no id", "not under which id"},
        {"no such kind", "who knows"},
        {"no kind", "who knows"},
        {"twice", "more than one answer"},
        {"nothing", "gave no answer"},
        {"no struct", "gave no answer"},
        {"short", "gave no answer"},
        {"fails", "not to be asked"},
        {"owner without place", "no place"},
    }));
    CAPTURE(content);
    const ReconcileResult result = doubts.reconcile(content);
    CHECK(result.kind == Reconciliation::cant_tell);
    CHECK_THAT(result.reason, Catch::Contains(reason));
}

TEST_CASE("A reconciler is registered once, whole, and while the instance is created") {
    const auto [channel, cause] = GENERATE(table<std::string, std::string>({
        {"twice", "has a reconciler already"},
        {"without", "no reconcile function"},
        {"short", "no reconcile function"},
        {"null", "no reconcile function"},
        {"late", "inside create only"},
        {"early_owner", "between start and stop"},
    }));
    CAPTURE(channel);
    Doubts doubts(channel);
    const auto report = doubts.report(channel);
    CHECK_FALSE(report.ready);
    CHECK_FALSE(report.error.empty());
    CHECK_THAT(report.error, Catch::Contains(cause));
}

TEST_CASE("A channel without a reconciler isn't asked") {
    Doubts doubts("never");
    CHECK(doubts.reconcile("taken").kind == Reconciliation::not_supported);
}

TEST_CASE("The host knows whose a message of the provider's is") {
    Doubts doubts;
    OutboundMessage message;
    message.channel = "doubts";
    message.to = "guest";
    message.from = "number";
    message.content = "Hello";
    message.expires_at = doubts.clock.now() + std::chrono::hours{1};
    REQUIRE(std::holds_alternative<store::Enqueued>(doubts.store->enqueue(message)));
    const auto claim = test::claim_one(*doubts.store, {"doubts", "number"});
    REQUIRE(claim);
    CHECK(doubts.reconcile("owner", "p-7").reason == "known 0 since 0");
    store::AttemptFinish finish;
    finish.attempt_id = claim->attempt_id;
    finish.outcome.kind = OutcomeKind::accepted;
    finish.outcome.provider_message_id = "p-7";
    REQUIRE(doubts.store->finish_attempt(finish));
    const auto attempts = doubts.store->attempts(claim->message_id);
    REQUIRE(attempts.size() == 1);
    CHECK(doubts.reconcile("owner", "p-7").reason ==
          "known 1 since " + std::to_string(to_micros(attempts[0].started_at)));
    CHECK(doubts.reconcile("owner", "p-8").reason == "known 0 since 0");
    CHECK(doubts.reconcile("owner", "").reason == "known 0 since 0");
}
