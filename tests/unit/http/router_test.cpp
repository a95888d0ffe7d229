#include "http/router.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

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
    const Router router(api());
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
    const auto response = router.handle(request(row.method, row.path));
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

TEST_CASE("Published routes come and go beside the fixed ones, which they can't shadow") {
    Router router(api());
    CHECK(router.handle(request("POST", "/webhooks/acme")).status == 404);
    router.publish(
        RouteTable({{"POST", "/webhooks/acme", named("one")}, {"GET", "/healthz", named("shadow")}}));
    CHECK(router.handle(request("POST", "/webhooks/acme")).body == "one");
    CHECK(router.handle(request("GET", "/webhooks/acme")).status == 405);
    CHECK(router.handle(request("GET", "/healthz")).body == "health");
    router.publish(RouteTable({{"POST", "/webhooks/acme", named("two")}}));
    CHECK(router.handle(request("POST", "/webhooks/acme")).body == "two");
    router.publish(RouteTable());
    CHECK(router.handle(request("POST", "/webhooks/acme")).status == 404);
}

TEST_CASE("Reserved paths are answered 503 with Retry-After and no body") {
    Router router(api());
    router.publish(
        RouteTable({{"POST", "/webhooks/live", named("live")}}, {"/webhooks/", "/callbacks/acme"}));
    CHECK(router.handle(request("POST", "/webhooks/live")).status == 200);
    for (const auto* path : {"/webhooks/acme", "/webhooks/acme/status", "/callbacks/acme"}) {
        CAPTURE(path);
        const auto response = router.handle(request("POST", path));
        CHECK(response.status == 503);
        CHECK(find_header(response.headers, "Retry-After"));
        CHECK(response.body.empty());
    }
    for (const auto* path : {"/webhooks", "/callbacks/acme/x", "/callbacks"}) {
        CAPTURE(path);
        CHECK(router.handle(request("POST", path)).status == 404);
    }
}

TEST_CASE("Unknown paths go to the fallback") {
    const Router plain(api());
    CHECK(plain.handle(request("GET", "/api/v1/nothing")).body.find("NOT_FOUND") != std::string::npos);
    CHECK(plain.handle(request("GET", "/nothing")).body.empty());
    const Router router(api(), [](const Request& r) { return Response{404, {}, "no " + r.path}; });
    CHECK(router.handle(request("GET", "/nothing")).body == "no /nothing");
}

TEST_CASE("Requests see a whole table while others are published") {
    Router router(RouteTable{});
    const auto table = [](int n) {
        std::vector<Route> routes;
        for (int i = 0; i < 50; ++i)
            routes.push_back({"GET", "/r/" + std::to_string(i), named(std::to_string(n))});
        return RouteTable(std::move(routes));
    };
    router.publish(table(0));
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};
    std::atomic<int> answered{0};
    std::vector<std::thread> readers;
    for (int t = 0; t < 3; ++t) {
        readers.emplace_back([&] {
            const auto r = request("GET", "/r/49");
            while (!done) {
                if (router.handle(r).status != 200) ++wrong;
                ++answered;
            }
        });
    }
    for (int n = 1; n <= 200 || answered < 1000; ++n) router.publish(table(n));
    done = true;
    for (auto& reader : readers) reader.join();
    CHECK(wrong == 0);
}
