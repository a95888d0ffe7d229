// Members that were appended to the contract's structs: what they say reaches the host, and they are read
// only where the plugin has them.

#include <catch2/catch.hpp>

#include "../../support/claim_one.h"
#include "plugin_host.h"

using namespace jackgw;

namespace {

/// The fixture "asked" as a channel; see its source for what it answers.
struct Asked : test::PluginHost {
    Asked() : PluginHost({{"asked", "asked", true, true}}) {
        install_fixture("asked", "asked");
        manager().start();
        mapper = manager().mapper("asked");
        REQUIRE(mapper);
    }

    std::variant<Mapped, Problem> map(const std::string& content) const {
        return mapper->map({"guest", "number", content, {}, false});
    }

    /// A message to the guest whose attempt is under way.
    store::Claim claimed() {
        OutboundMessage message;
        message.channel = "asked";
        message.to = "guest";
        message.from = "number";
        message.content = "Hello";
        message.expires_at = clock.now() + std::chrono::hours{1};
        REQUIRE(std::holds_alternative<store::Enqueued>(store->enqueue(message)));
        auto claim = test::claim_one(*store, {"asked", "number"});
        REQUIRE(claim);
        return *claim;
    }

    std::shared_ptr<const Mapper> mapper;
};

}  // namespace

TEST_CASE("A mapper's pieces are taken over, by the stride of the plugin that made them") {
    Asked asked;
    const auto content = GENERATE(as<std::string>{}, "two", "later");
    INFO(content);
    const Mapped mapped = std::get<Mapped>(asked.map(content));
    REQUIRE(mapped.pieces.size() == 2);
    CHECK(mapped.pieces[0].content == "(1/2)");
    CHECK(mapped.pieces[0].encoding == "GSM-7");
    CHECK(mapped.pieces[0].segments == 1);
    CHECK(mapped.pieces[1].content == "(2/2)");
    CHECK(mapped.pieces[1].encoding == "UCS-2");
    CHECK(mapped.pieces[1].units == 5);
    CHECK(mapped.pieces[1].segments == 2);
}

TEST_CASE("Pieces that make no sense are the plugin's failure") {
    Asked asked;
    const auto content =
        GENERATE(as<std::string>{}, "one", "nowhere", "too small", "askew", "empty", "malformed");
    INFO(content);
    const auto mapped = asked.map(content);
    REQUIRE(std::holds_alternative<Problem>(mapped));
    CHECK(std::get<Problem>(mapped).code == "CHANNEL_FAILED");
}

TEST_CASE("Texts that can't be stored or shown are the plugin's failure") {
    Asked asked;
    const auto content =
        GENERATE(as<std::string>{}, "to nobody", "from nobody", "to malformed", "from with NUL",
                 "content malformed", "encoding malformed", "part malformed", "parts nowhere",
                 "parts without end", "replacements nowhere", "replacement malformed");
    INFO(content);
    const auto mapped = asked.map(content);
    REQUIRE(std::holds_alternative<Problem>(mapped));
    CHECK(std::get<Problem>(mapped).code == "CHANNEL_FAILED");
}

TEST_CASE("A preview needs neither recipient nor sender") {
    Asked asked;
    CHECK(std::holds_alternative<Mapped>(asked.mapper->map({"", "", "Hello", {}, true})));
}

TEST_CASE("What a plugin says for people is repaired and has an end") {
    Asked asked;
    CHECK(std::get<Mapped>(asked.map("warning malformed")).warnings ==
          std::vector<std::string>{"oh \xef\xbf\xbd"});
    CHECK(std::get<Problem>(asked.map("refused malformed")).message == "oh \xef\xbf\xbd");
    CHECK(std::get<Problem>(asked.map("refused at length")).message == std::string(4096, 'x'));
}

TEST_CASE("An address that can't be stored is none") {
    Asked asked;
    const auto address = GENERATE(as<std::string>{}, "", "\xff");
    REQUIRE(std::holds_alternative<Problem>(asked.mapper->normalize_address(address)));
}

TEST_CASE("A text that becomes too many messages is refused as too long") {
    Asked asked;
    CHECK(std::get<Mapped>(asked.map("most")).pieces.size() == JACKGW_MAX_PIECES);
    const auto mapped = asked.map("too many");
    REQUIRE(std::holds_alternative<Problem>(mapped));
    const auto& problem = std::get<Problem>(mapped);
    CHECK(problem.field == "content");
    CHECK(problem.code == "CONTENT_TOO_LONG");
    CHECK_THAT(problem.message, Catch::Contains("101 messages") && Catch::Contains("at most 100"));
}

TEST_CASE("Warnings, replacements and the number of code points are taken over") {
    Asked asked;
    const Mapped mapped = std::get<Mapped>(asked.map("short"));
    CHECK(mapped.pieces.empty());
    CHECK(mapped.warnings == std::vector<std::string>{"take care"});
    REQUIRE(mapped.replacements.size() == 1);
    CHECK(mapped.replacements[0].written == "’");
    CHECK(mapped.replacements[0].sent == "'");
    CHECK(mapped.code_points == 7);
}

TEST_CASE("What an earlier version of the contract lacks is not read") {
    Asked asked;
    const Mapped mapped = std::get<Mapped>(asked.map("earlier"));
    CHECK(mapped.warnings.size() == 1);
    CHECK(mapped.pieces.empty());
    CHECK(mapped.replacements.empty());
    CHECK(mapped.code_points == 0);
}

TEST_CASE("A draft tells the mapper where the guest's conversation is kept") {
    Asked asked;
    const auto mapped = asked.mapper->map({"guest", "", "Hello", {}, false, "service"});
    CHECK(std::get<Mapped>(mapped).from == "service");
}

TEST_CASE("A conversation is kept with what the plugin says, else with what the guest wrote to") {
    Asked asked;
    const auto [path, expected] = GENERATE(table<std::string, std::string>({
        {"/webhooks/asked/message", "service"},
        {"/webhooks/asked/earlier-message", "number"},
    }));
    CHECK(asked.get(path, "id1").status == 200);
    const auto conversation = asked.store->open_conversation("asked", "guest");
    REQUIRE(conversation);
    CHECK(conversation->gateway_address == expected);
}

TEST_CASE("An answer's opt-out brings its scopes along") {
    Asked asked;
    const auto sender = asked.manager().sender("asked");
    REQUIRE(sender);
    const Outcome now = sender->send({"m", "a", "number", "guest", "Hello", {}, {}});
    CHECK(now.opted_out);
    CHECK(now.opt_out_scopes == std::vector<std::string>{"service", ""});
    const Outcome earlier = sender->send({"m", "a", "number", "guest", "earlier", {}, {}});
    CHECK(earlier.opted_out);
    CHECK(earlier.opt_out_scopes.empty());
}

TEST_CASE("A report's opt-out is recorded for its scopes and for the message's sender") {
    Asked asked;
    const auto [path, expected] = GENERATE(table<std::string, bool>({
        {"/webhooks/asked/status", true},
        {"/webhooks/asked/earlier-status", false},
    }));
    CHECK(asked.get(path, asked.claimed().attempt_id).status == 200);
    CHECK(asked.store->opted_out("asked", "guest", "number"));
    CHECK(asked.store->opted_out("asked", "guest", "service") == expected);
}

TEST_CASE("A report's leave to send a message again is taken within the host's limits") {
    Asked asked;
    const auto [path, made] = GENERATE(table<std::string, bool>({
        {"/webhooks/asked/undelivered", true},  // at once: the time that it names has long passed
        {"/webhooks/asked/undelivered-for-ever", false},
        {"/webhooks/asked/earlier-undelivered", false},
    }));
    const store::Claim claim = asked.claimed();
    CHECK(asked.get(path, claim.attempt_id).status == 200);
    const auto failed = asked.store->message(claim.message_id);
    REQUIRE(failed);
    CHECK(failed->delivery.state == DeliveryState::failed);
    REQUIRE(failed->retried_by.empty() != made);
    if (!made) return;
    const auto again = asked.store->message(failed->retried_by);
    REQUIRE(again);
    CHECK_FALSE(again->send_at);
    CHECK(again->resends == 1);
}
