#include "http/route_table.h"

#include <catch2/catch.hpp>

#include "base/errors.h"

using namespace jackgw::http;

namespace {

// A handler that answers with its name and what the braces of its pattern stood for.
RouteHandler named(const std::string& name, std::vector<std::string> parameters = {}) {
    return [name, parameters](const Request&, const PathParameters& values) {
        std::string body = name;
        for (const auto& parameter : parameters) body += " " + parameter + "=" + values.at(parameter);
        return Response{200, {}, body};
    };
}

Request request(std::string method, std::string path) {
    Request r;
    r.method = std::move(method);
    r.target = path;
    r.path = std::move(path);
    return r;
}

RouteTable api() {
    return RouteTable({
        {"GET", "/api/v1/messages/{id}", named("message", {"id"})},
        {"POST", "/api/v1/messages/{id}/retry", named("retry", {"id"})},
        {"POST", "/api/v1/messages", named("send")},
        {"POST", "/api/v1/messages/preview", named("preview")},
        {"GET", "/api/v1/conversations/{id}/messages", named("list", {"id"})},
        {"POST", "/api/v1/conversations/{conversation}/messages", named("reply", {"conversation"})},
        {"GET", "/api/v1/{kind}/{id}/{what}", named("any", {"kind", "id", "what"})},
        {"GET", "/healthz", named("health")},
    });
}

}  // namespace

TEST_CASE("Paths and methods find their handlers") {
    const RouteTable table = api();
    struct Row {
        std::string method, path;
        int status;
        std::string answer;  // the body, or for 405 the Allow header
    };
    const auto row = GENERATE(values<Row>({
        {"GET", "/healthz", 200, "health"},
        {"HEAD", "/healthz", 200, "health"},
        {"POST", "/healthz", 405, "GET, HEAD"},
        {"GET", "/healthz/", 404, ""},
        {"GET", "/", 404, ""},
        {"GET", "/api/v1/messages/42", 200, "message id=42"},
        {"GET", "/api/v1/messages/a%2Fb%20c", 200, "message id=a/b c"},
        {"GET", "/api/v1/messages/", 404, ""},
        {"GET", "/api/v1/messages/%zz", 404, ""},
        {"DELETE", "/api/v1/messages/42", 405, "GET, HEAD"},
        {"POST", "/api/v1/messages/preview", 200, "preview"},
        {"GET", "/api/v1/messages/preview", 405, "POST"},
        {"POST", "/api/v1/messages/42/retry", 200, "retry id=42"},
        {"GET", "/api/v1/conversations/7/messages", 200, "list id=7"},
        {"POST", "/api/v1/conversations/7/messages", 200, "reply conversation=7"},
        {"PUT", "/api/v1/conversations/7/messages", 405, "GET, HEAD, POST"},
        {"GET", "/api/v1/guests/7/rooms", 200, "any kind=guests id=7 what=rooms"},
        {"GET", "/api/v1/guests/7/rooms/1", 404, ""},
        {"OPTIONS", "*", 404, ""},
    }));
    CAPTURE(row.method, row.path);
    const Response response = table.answer(request(row.method, row.path)).value_or(Response{404, {}, {}});
    CHECK(response.status == row.status);
    if (row.status == 200) CHECK(response.body == row.answer);
    if (row.status == 405) CHECK(find_header(response.headers, "Allow") == row.answer);
}

TEST_CASE("Routes that contradict each other or make no sense are refused") {
    const auto table = [](std::vector<std::pair<std::string, std::string>> routes) {
        std::vector<Route> made;
        for (auto& [method, path] : routes) made.push_back({method, path, named("x")});
        return RouteTable(std::move(made));
    };
    CHECK_THROWS_AS(table({{"GET", "/a"}, {"GET", "/a"}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"GET", "/a/{x}"}, {"GET", "/a/{y}"}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"GET", "a"}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"GET", ""}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"", "/a"}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"GET", "/a{x}"}}), jackgw::Error);
    CHECK_THROWS_AS(table({{"GET", "/{x}//b"}}), jackgw::Error);
    CHECK_THROWS_AS(RouteTable({{"GET", "/a", nullptr}}), jackgw::Error);
    CHECK_NOTHROW(table({{"GET", "/a/{x}"}, {"POST", "/a/{y}"}, {"GET", "/a/b"}}));
}
