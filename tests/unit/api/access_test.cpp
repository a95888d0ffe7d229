#include "api/access.h"

#include <catch2/catch.hpp>
#include <map>

#include "api/error.h"
#include "house.h"

using namespace jackgw;
using namespace jackgw::api;
using test::Answer;
using test::House;

namespace {

const std::string message = R"({"channel":"sms","to":"+15559876543","content":"Hello"})";

Answer bare(const House& house, const std::string& method, const std::string& path,
            const std::vector<http::Header>& headers = {}) {
    return Answer(house.api.handle(House::request(method, path, "", headers)));
}

/// A path that the pattern matches.
std::string fill_in(std::string path) {
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"{id}", test::unknown_id}, {"{channel}", "sms"}, {"{sender}", "+1"}})
        if (const auto at = path.find(name); at != std::string::npos) path.replace(at, name.size(), value);
    return path;
}

}  // namespace

TEST_CASE("Each route needs the access that the reference promises, and there are no others") {
    const std::map<std::string, Access> promised{
        {"POST /messages", Access::agent},
        {"POST /messages/preview", Access::agent},
        {"GET /messages/{id}", Access::reader},
        {"GET /messages/{id}/media/{n}", Access::reader},
        {"POST /messages/{id}/retry", Access::agent},
        {"POST /messages/{id}/cancel", Access::agent},
        {"GET /conversations", Access::reader},
        {"GET /conversations/{id}", Access::reader},
        {"GET /conversations/{id}/messages", Access::reader},
        {"POST /conversations/{id}/messages", Access::agent},
        {"POST /conversations/{id}/escalate", Access::agent},
        {"POST /conversations/{id}/resolve", Access::agent},
        {"POST /conversations/{id}/reopen", Access::agent},
        {"POST /conversations/{id}/close", Access::agent},
        {"GET /guests", Access::reader},
        {"GET /guests/{id}", Access::reader},
        {"PATCH /guests/{id}", Access::agent},
        {"POST /guests/{id}/consents", Access::agent},
        {"GET /outbox", Access::reader},
        {"GET /outbox/failed", Access::reader},
        {"POST /outbox/failed/retry", Access::admin},
        {"POST /outbox/failed/discard", Access::admin},
        {"POST /outbox/pause", Access::admin},
        {"POST /outbox/resume", Access::admin},
        {"POST /outbox/lanes/{channel}/{sender}/release", Access::admin},
        {"GET /plugins", Access::reader},
        {"POST /plugins/{channel}/reload", Access::admin},
        {"POST /plugins/{channel}/test", Access::admin},
    };
    House house;
    std::map<std::string, Access> found;
    for (const Route& route : house.api.routes()) found[route.method + " " + route.path] = route.access;
    CHECK(found == promised);
}

TEST_CASE("Every route asks for a token and for its role") {
    House house;
    for (const Route& route : house.api.routes()) {
        const std::string path = fill_in(route.path);
        INFO(route.method << " " << path);

        const Answer stranger = bare(house, route.method, "/api/v1" + path);
        CHECK(stranger.status == 401);
        CHECK(stranger.code() == "UNAUTHORIZED");
        CHECK_THAT(stranger.header("WWW-Authenticate"), Catch::StartsWith("Bearer"));

        for (const Access access : {Access::reader, Access::agent, Access::admin}) {
            const std::string token = std::string(to_string(access)) + "-token";
            const Answer answer = house.call(route.method, path, "", {}, token);
            CHECK((answer.status == 403) == (access < route.access));
            CHECK(answer.status != 401);
            if (answer.status == 403) CHECK(answer.code() == "FORBIDDEN");
        }
    }
    CHECK(house.store.enqueued.empty());
}

TEST_CASE("A refused caller has no effect") {
    House house;
    CHECK(house.call("POST", "/messages", message, {}, "reader-token").status == 403);
    CHECK(house.call("POST", "/messages", message, {}, "wrong-token").status == 401);
    CHECK(house.store.enqueued.empty());
    CHECK(house.call("POST", "/messages", message, {}, "agent-token").status == 202);
    CHECK(house.store.enqueued.size() == 1);
}

TEST_CASE("Only a known token in a Bearer header identifies a caller") {
    struct Row {
        std::string header;
        bool known;
    };
    const auto row = GENERATE(values<Row>({
        {"Bearer agent-token", true},
        {"bearer agent-token", true},
        {"BEARER  agent-token ", true},
        {"Bearer agent-toke", false},
        {"Bearer agent-token-and-more", false},
        {"Bearer Agent-token", false},
        {"Bearer ", false},
        {"Bearer", false},
        {"", false},
        {"agent-token", false},
        {"Basic agent-token", false},
        {"Token agent-token", false},
    }));
    INFO(row.header);
    House house;
    const Answer answer = bare(house, "GET", "/api/v1/outbox", {{"authorization", row.header}});
    CHECK(answer.status == (row.known ? 200 : 401));
}

TEST_CASE("Without tokens nobody gets in") {
    const Gatekeeper gatekeeper({});
    const auto request = House::request("GET", "/api/v1/outbox", "", {{"Authorization", "Bearer "}});
    CHECK_THROWS_AS(gatekeeper.identify(request), ApiError);
    CHECK_THROWS_AS(Gatekeeper({{"nobody", Access::admin, ""}}), Error);
}

TEST_CASE("A caller goes by the name of the token") {
    const Gatekeeper gatekeeper({{"a", Access::reader, "one"}, {"b", Access::admin, "two"}});
    const auto caller =
        gatekeeper.identify(House::request("GET", "/", "", {{"Authorization", "Bearer two"}}));
    CHECK(caller.name == "b");
    CHECK(caller.access == Access::admin);
}

TEST_CASE("What isn't there is told to callers only") {
    struct Row {
        std::string method;
        std::string path;
        int status;
        std::string code;
        std::string allow;
    };
    const auto row = GENERATE(values<Row>({
        {"GET", "/api/v1/nothing", 404, "NOT_FOUND", ""},
        {"GET", "/api/v2/messages", 404, "NOT_FOUND", ""},
        {"GET", "/api", 404, "NOT_FOUND", ""},
        {"GET", "/api/v1/messages", 405, "METHOD_NOT_ALLOWED", "POST"},
        {"DELETE", "/api/v1/outbox", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
        {"POST", "/api/v1/guests/" + test::unknown_id, 405, "METHOD_NOT_ALLOWED", "GET, HEAD, PATCH"},
    }));
    INFO(row.method << " " << row.path);
    House house;
    CHECK(Api::owns(row.path));
    CHECK(bare(house, row.method, row.path).status == 401);
    const Answer answer = bare(house, row.method, row.path, {{"Authorization", "Bearer reader-token"}});
    CHECK(answer.status == row.status);
    CHECK(answer.code() == row.code);
    CHECK(answer.header("Allow") == row.allow);
    CHECK(answer.header("Content-Type") == "application/json");
}

TEST_CASE("HEAD is answered like GET") {
    House house;
    CHECK(house.call("HEAD", "/outbox").status == 200);
    CHECK(house.call("HEAD", "/messages/" + test::unknown_id).status == 404);
}

TEST_CASE("Paths of others are left to others") {
    CHECK_FALSE(Api::owns("/"));
    CHECK_FALSE(Api::owns("/apis"));
    CHECK_FALSE(Api::owns("/healthz"));
    CHECK_FALSE(Api::owns("/webhooks/x"));
}

TEST_CASE("Roles are read by their names") {
    CHECK(parse_access("reader") == Access::reader);
    CHECK(parse_access("agent") == Access::agent);
    CHECK(parse_access("admin") == Access::admin);
    CHECK_FALSE(parse_access("Admin"));
    CHECK_FALSE(parse_access(""));
}

TEST_CASE("A store that can't work now is left to the server's own answer") {
    House house;
    house.store.broken = true;
    CHECK_THROWS_AS(house.get("/conversations"), Unavailable);
}
