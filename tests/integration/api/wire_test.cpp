#include <catch2/catch.hpp>

#include "gateway.h"

using namespace jackgw;
using test::Gateway;
using test::JsonAnswer;

TEST_CASE("Errors are JSON on the wire, whoever notices them") {
    struct Row {
        std::string method;
        std::string target;
        std::string body;
        std::string token;
        int status;
        std::string code;
    };
    const auto row = GENERATE(values<Row>({
        {"GET", "/api/v1/outbox", "", "", 401, "UNAUTHORIZED"},
        {"GET", "/api/v1/nothing", "", "", 401, "UNAUTHORIZED"},
        {"GET", "/api/v1/nothing", "", "reader-token", 404, "NOT_FOUND"},
        {"PUT", "/api/v1/outbox", "", "reader-token", 405, "METHOD_NOT_ALLOWED"},
        {"POST", "/api/v1/messages", "{}", "reader-token", 403, "FORBIDDEN"},
        {"POST", "/api/v1/messages", "{", "agent-token", 400, "INVALID_JSON"},
        {"POST", "/api/v1/messages", "{\"channel\":\"\xff\"}", "agent-token", 422, "VALIDATION_FAILED"},
        {"POST", "/api/v1/messages", std::string(2'000'000, ' '), "agent-token", 413, "PAYLOAD_TOO_LARGE"},
    }));
    INFO(row.method << " " << row.target);
    Gateway gateway;
    const JsonAnswer answer = gateway.call(row.method, row.target, row.body, "", row.token);
    CHECK(answer.status == row.status);
    CHECK(answer.text("error.code") == row.code);
    CHECK_FALSE(answer.text("error.message").empty());
    CHECK(answer.headers.at("content-type") == "application/json");
    CHECK(answer.headers.contains("www-authenticate") == (row.status == 401));
    CHECK(answer.headers.contains("allow") == (row.status == 405));
}

TEST_CASE("HEAD has the headers of GET and no body") {
    Gateway gateway;
    const JsonAnswer get = gateway.call("GET", "/api/v1/outbox");
    const JsonAnswer head = gateway.call("HEAD", "/api/v1/outbox");
    CHECK(head.status == 200);
    CHECK(head.headers.at("content-length") == get.headers.at("content-length"));
    CHECK(head.body.empty());
}

TEST_CASE("Health and metrics need no token") {
    Gateway gateway;
    CHECK(gateway.call("GET", "/healthz", "", "", "").status == 200);
    CHECK(gateway.call("GET", "/readyz", "", "", "").text("status") == "ready");
    CHECK(gateway.call("GET", "/metrics", "", "", "").body == "jackgw_up 1\n");
    CHECK(gateway.call("GET", "/nothing", "", "", "").status == 404);
}

TEST_CASE("Plugins are shown over the wire and reloaded by an admin") {
    Gateway gateway;
    CHECK(gateway.get("/plugins").text("data[0].channel") == "sms");
    CHECK(gateway.post("/plugins/sms/reload").status == 403);
    CHECK(gateway.call("POST", "/api/v1/plugins/sms/reload", "", "", "admin-token").text("data.state") ==
          "live");
}
