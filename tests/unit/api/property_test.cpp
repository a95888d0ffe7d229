// What a token that is limited to a property can and can't do: route by route, for all routes there are.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;
using test::id_a;
using test::id_b;
using test::id_c;
using test::unknown_id;

namespace {

const std::string token = "harbour-token";  // an admin's, limited to the harbour
const std::string ours = "0193b1e6-0000-7000-8000-000000000011";

api::PluginInfo plugin(const std::string& channel, const std::string& property) {
    api::PluginInfo info;
    info.channel = channel;
    info.property = property;
    info.state = api::ChannelState::ready;
    return info;
}

/// "sms" is the harbour's, "fax" the airport's. The airport has a guest id_b, a conversation id_a, a failed
/// message id_a, a waiting one id_b, and id_c with a medium from the guest; the harbour has one of each,
/// `ours`.
struct TwoHotels : House {
    TwoHotels() {
        channels.configured.insert("fax");
        channels.ready.insert("fax");
        channels.properties = store.properties = {{"sms", "harbour"}, {"fax", "airport"}};
        plugins.infos = {plugin("fax", "airport"), plugin("sms", "harbour")};
        plugins.test_result = api::TestReport{};
        add_message(ours, DeliveryState::failed);
        for (const auto& [id, state] : {std::pair{id_a, DeliveryState::failed},
                                        {id_b, DeliveryState::pending},
                                        {id_c, DeliveryState::received}})
            add_message(id, state).channel = "fax";
        store.all_messages.back().direction = Direction::inbound;
        store.all_messages.back().media = {{"https://example.com/1", "image/png"}};
        add_conversation(id_a, 2).channel = "fax";
        add_conversation(ours, 1).property = "harbour";
        Guest& guest = add_guest(id_b, "+15550000001");
        guest.identities[0].channel = "fax";
        guest.property = "airport";
        add_guest(ours, "+15550000001").property = "harbour";
        for (const auto& [channel, depth] : {std::pair{"fax", 3}, std::pair{"sms", 2}}) {
            store::LaneReport lane;
            lane.lane = {channel, "+1"};
            lane.depth = depth;
            store.report.lanes.push_back(lane);
        }
        store.report.depth = 5;
    }
};

/// How a route treats a caller to whom only another property's things are named.
struct Treatment {
    enum Kind {
        hides,    ///< as if they weren't there
        filters,  ///< leaves them out of what it shows
        spares    ///< leaves them out of what it acts on
    } kind = hides;
    std::string foreign;  ///< the path that names what the airport has
    std::string absent;   ///< … what nobody has
    std::string foreign_body{};
    std::string absent_body{};
};

Treatment by_id(const std::string& before, const std::string& id, const std::string& after = {},
                const std::string& body = {}) {
    return {Treatment::hides, before + id + after, before + unknown_id + after, body, body};
}

Treatment by_channel(const std::string& path, const std::string& members) {
    return {Treatment::hides, path, path, R"({"channel":"fax")" + members + "}",
            R"({"channel":"none")" + members + "}"};
}

Treatment plugin_route(const std::string& action) {
    return {Treatment::hides, "/plugins/fax/" + action, "/plugins/none/" + action};
}

Treatment list(const std::string& path) {
    return {Treatment::filters, path, path};
}

Treatment bulk(const std::string& path) {
    return {Treatment::spares, path, path};
}

/// Every route but those that concern all properties at once.
const std::map<std::string, Treatment>& treatments() {
    static const std::map<std::string, Treatment> all{
        {"POST /messages", by_channel("/messages", R"(,"to":"+15559876543","content":"Hello")")},
        {"POST /messages/preview", by_channel("/messages/preview", R"(,"content":"Hello")")},
        {"GET /messages/{id}", by_id("/messages/", id_a)},
        {"GET /messages/{id}/media/{n}", by_id("/messages/", id_c, "/media/0")},
        {"POST /messages/{id}/retry", by_id("/messages/", id_a, "/retry")},
        {"POST /messages/{id}/cancel", by_id("/messages/", id_b, "/cancel")},
        {"GET /conversations", list("/conversations")},
        {"GET /conversations/{id}", by_id("/conversations/", id_a)},
        {"GET /conversations/{id}/messages", by_id("/conversations/", id_a, "/messages")},
        {"POST /conversations/{id}/messages",
         by_id("/conversations/", id_a, "/messages", R"({"content":"Hello"})")},
        {"POST /conversations/{id}/escalate", by_id("/conversations/", id_a, "/escalate")},
        {"POST /conversations/{id}/resolve", by_id("/conversations/", id_a, "/resolve")},
        {"POST /conversations/{id}/reopen", by_id("/conversations/", id_a, "/reopen")},
        {"POST /conversations/{id}/close", by_id("/conversations/", id_a, "/close")},
        {"GET /guests", list("/guests")},
        {"GET /guests/{id}", by_id("/guests/", id_b)},
        {"PATCH /guests/{id}", by_id("/guests/", id_b, "", R"({"name":"Ada"})")},
        {"POST /guests/{id}/consents",
         by_id("/guests/", id_b, "/consents", R"({"kind":"opt_out","note":"asked"})")},
        {"GET /outbox", list("/outbox")},
        {"GET /outbox/failed", list("/outbox/failed")},
        {"POST /outbox/failed/retry", bulk("/outbox/failed/retry")},
        {"POST /outbox/failed/discard", bulk("/outbox/failed/discard")},
        {"POST /outbox/lanes/{channel}/{sender}/release",
         {Treatment::hides, "/outbox/lanes/fax/+1/release", "/outbox/lanes/none/+1/release"}},
        {"GET /plugins", list("/plugins")},
        {"POST /plugins/{channel}/reload", plugin_route("reload")},
        {"POST /plugins/{channel}/test", plugin_route("test")},
    };
    return all;
}

const std::set<std::string> of_all_properties{"POST /outbox/pause", "POST /outbox/resume"};

std::string in_place_of(std::string text, const std::string& word, const std::string& other) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + other.size()))
        text.replace(at, word.size(), other);
    return text;
}

bool has_acted(const TwoHotels& house) {
    return !house.store.enqueued.empty() || !house.store.changes.empty() || !house.store.pauses.empty() ||
           !house.store.released.empty() || !house.store.staff_consents.empty() ||
           !house.plugins.reloaded.empty() || !house.plugins.tested.empty() ||
           !house.store.guests_by_id.at(id_b).name.empty() ||
           house.store.all_messages[2].delivery.state != DeliveryState::pending;
}

}  // namespace

TEST_CASE("Each route says how it treats a caller who is limited to other properties") {
    std::set<std::string> served;
    const TwoHotels house;
    for (const api::Route& route : house.api.routes()) served.insert(route.method + " " + route.path);
    std::set<std::string> treated = of_all_properties;
    for (const auto& [route, treatment] : treatments()) treated.insert(route);
    CHECK(served == treated);  // a new route: decide, and add it above
}

TEST_CASE("What another property has is answered as what isn't there") {
    for (const auto& [route, treatment] : treatments()) {
        if (treatment.kind != Treatment::hides) continue;
        INFO(route);
        const std::string method = route.substr(0, route.find(' '));
        const TwoHotels house;
        const auto ask = [&](const std::string& path, const std::string& body, const std::string& with) {
            return house.call(method, path, body, {}, with);
        };
        const Answer foreign = ask(treatment.foreign, treatment.foreign_body, token);
        const Answer absent = ask(treatment.absent, treatment.absent_body, token);
        CHECK(foreign.status >= 404);
        CHECK(foreign.status == absent.status);
        CHECK(in_place_of(foreign.response.body, "fax", "none") == absent.response.body);
        CHECK(foreign.response.headers.size() == absent.response.headers.size());
        CHECK_FALSE(has_acted(house));
        // And it is there: whoever may see all gets it.
        CHECK(ask(treatment.foreign, treatment.foreign_body, "admin-token").status < 300);
    }
}

TEST_CASE("Lists leave out what another property has") {
    for (const auto& [route, treatment] : treatments()) {
        if (treatment.kind != Treatment::filters) continue;
        INFO(route);
        const TwoHotels house;
        const std::string limited = house.call("GET", treatment.foreign, {}, {}, token).response.body;
        const std::string all = house.get(treatment.foreign).response.body;
        for (const char* word : {"fax", "airport"}) CHECK_THAT(limited, !Catch::Contains(word));
        CHECK_THAT(limited, Catch::Contains(route == "GET /guests" ? ours : "sms"));
        CHECK_THAT(all, Catch::Contains("fax"));
    }
}

TEST_CASE("What acts on many leaves alone what another property has") {
    for (const auto& [route, treatment] : treatments()) {
        if (treatment.kind != Treatment::spares) continue;
        INFO(route);
        const TwoHotels house;
        const auto act = [&](const std::string& how, const std::string& with) {
            return house.call("POST", treatment.foreign, R"({"filter":{},)" + how + "}", {}, with);
        };
        CHECK(act(R"("dryRun":true)", token).text("data.count") == "1");
        CHECK(act(R"("dryRun":true)", "admin-token").text("data.count") == "2");
        CHECK(act(R"("confirm":2)", token).code() == "COUNT_CHANGED");
        CHECK_FALSE(has_acted(house));
        CHECK(act(R"("confirm":1)", token).status == 200);
        for (const OutboundMessage& retried : house.store.enqueued) CHECK(retried.channel == "sms");
        for (const Message& message : house.store.all_messages)
            if (message.channel == "fax") CHECK_FALSE(message.discarded_at);
        CHECK(act(R"("dryRun":true)", "nobody").status == 401);
    }
}

TEST_CASE("What concerns all properties is not for a limited token, whatever its role") {
    for (const std::string& route : of_all_properties) {
        INFO(route);
        TwoHotels house;
        const std::string path = route.substr(route.find(' ') + 1);
        const Answer refused = house.call("POST", path, {}, {}, token);
        CHECK(refused.status == 403);
        CHECK(refused.code() == "FORBIDDEN");
        CHECK(refused.text("error.message") ==
              "All properties share the brake of the whole outbox, and the token \"harbour\" is limited to "
              "some of "
              "them");
        CHECK_FALSE(has_acted(house));
        CHECK(house.post(path).status == 200);
    }
}

TEST_CASE("A limited token pauses its own channels, and nobody else's") {
    const TwoHotels house;
    const auto pause = [&](const std::string& body) {
        return house.call("POST", "/outbox/pause", body, {}, token);
    };
    CHECK(pause(R"({"channel":"fax"})").status == 404);
    CHECK(pause(R"({"channel":"fax","sender":"+1"})").status == 404);
    CHECK_FALSE(has_acted(house));
    CHECK(pause(R"({"channel":"sms"})").status == 200);
    CHECK(pause(R"({"channel":"sms","sender":"+1"})").status == 200);
    CHECK(house.store.paused_parts == std::vector<store::Pause>{{"sms", ""}, {"sms", "+1"}});
}

TEST_CASE("A limited token works with what its property has") {
    const TwoHotels house;
    const auto call = [&](const std::string& method, const std::string& path, const std::string& body = {}) {
        return house.call(method, path, body, {}, token);
    };
    CHECK(call("POST", "/messages", R"({"channel":"sms","to":"+15559876543","content":"Hello"})").status ==
          202);
    CHECK(call("POST", "/messages/" + ours + "/retry").status == 202);
    CHECK(call("POST", "/conversations/" + ours + "/messages", R"({"content":"Hello"})").status == 202);
    CHECK(call("POST", "/conversations/" + ours + "/escalate").status == 200);
    CHECK(call("GET", "/conversations/" + ours).text("data.property") == "harbour");
    CHECK(call("PATCH", "/guests/" + ours, R"({"name":"Ada"})").text("data.property") == "harbour");
    CHECK(call("POST", "/plugins/sms/test").status == 200);
    CHECK(call("GET", "/plugins").text("data[0].property") == "harbour");
    CHECK(call("GET", "/plugins").size("data") == 1);
    CHECK(call("GET", "/outbox").text("data.depth") == "2");
    CHECK(call("GET", "/guests?channel=sms&address=%2B15550000001").text("data[0].id") == ours);
}

TEST_CASE("How another property's channel writes addresses is not told") {
    const TwoHotels house;
    const auto status = [&](const std::string& channel, const std::string& with) {
        return house.call("GET", "/guests?channel=" + channel + "&address=nonsense", {}, {}, with).status;
    };
    CHECK(status("fax", "admin-token") == 422);
    CHECK(status("sms", token) == 422);
    CHECK(status("fax", token) == 200);
    CHECK(status("none", token) == 200);
    CHECK(house.call("GET", "/guests?channel=fax&address=%2B15550000001", {}, {}, token).size("data") == 0);

    const auto consent = [&](const std::string& channel) {
        return in_place_of(
            house
                .call("POST", "/guests/" + ours + "/consents",
                      R"({"kind":"opt_out","note":"x","address":"nonsense","channel":")" + channel + "\"}",
                      {}, token)
                .response.body,
            channel, "…");
    };
    CHECK(consent("fax") == consent("nowhere"));
}

TEST_CASE("A role is asked for before a scope") {
    const TwoHotels house;
    CHECK(house.call("POST", "/outbox/pause", {}, {}, "agent-token").text("error.message") ==
          "This needs the role admin; the token \"front-desk\" has agent");
}

TEST_CASE("A token's properties are those of its caller, each once") {
    const api::Gatekeeper gatekeeper({{"all", api::Access::reader, "one"},
                                      {"some", api::Access::reader, "two", {"palace", "harbour", "palace"}}});
    const auto scope = [&](const std::string& secret) {
        return gatekeeper.identify(House::request("GET", "/", "", {{"Authorization", "Bearer " + secret}}))
            .scope;
    };
    CHECK(scope("one").all());
    CHECK(scope("two").properties == std::vector<std::string>{"harbour", "palace"});
    CHECK(scope("two").includes("palace"));
    CHECK_FALSE(scope("two").includes("airport"));
    CHECK_FALSE(scope("two").includes(""));
}
