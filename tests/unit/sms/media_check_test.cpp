#include "sms/media/media_check.h"

#include <catch2/catch.hpp>
#include <vector>

#include "fake_host.h"

using namespace jackgw;
using namespace jackgw::sms;
using namespace jackgw::sms::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* picture = "https://media.example.com/room";

HttpAnswer described(const std::string& type, const std::string& length, std::int32_t status = 200) {
    HttpAnswer answer{.status = status};
    if (!type.empty()) answer.headers.emplace_back("Content-Type", type);
    if (!length.empty()) answer.headers.emplace_back("Content-Length", length);
    return answer;
}

/// The code of the problem; empty if there is none.
std::string check(jackgw_host& host, const std::vector<std::string>& urls, bool insecure = false) {
    auto now = std::make_shared<std::chrono::milliseconds>(0);
    host.on_request = [now] { *now += 6s; };
    const MediaChecker checker(insecure, plugin::HttpClient(host.view()), [now] { return *now; });
    const auto views = plugin::views(urls);
    const auto problem = checker.check(plugin::strs(views));
    return problem ? problem->code : "";
}

}  // namespace

TEST_CASE("A server's description of one medium is judged by Twilio's rules") {
    struct Row {
        std::int32_t status;
        const char* type;
        const char* length;
        const char* code;
    };
    const auto row = GENERATE(values<Row>({
        {200, "image/jpeg", "5242880", ""},
        {200, "image/jpeg; charset=binary", "1", ""},
        {200, "image/jpeg", "", ""},
        {200, "image/jpeg", "many", ""},
        {204, "image/png", "0", ""},
        {200, "application/pdf", "512000", ""},
        {200, "application/pdf", "512001", "MEDIA_TOO_LARGE"},
        {200, "image/heic", "512001", "MEDIA_TOO_LARGE"},
        {200, "image/jpeg", "5242881", "MEDIA_TOO_LARGE"},
        {200, "image/jpeg", "18446744073709551615", "MEDIA_TOO_LARGE"},
        {200, "text/html", "10", "UNSUPPORTED_MEDIA_TYPE"},
        {200, "", "10", "UNSUPPORTED_MEDIA_TYPE"},
        {404, "image/jpeg", "10", "MEDIA_UNREACHABLE"},
        {405, "image/jpeg", "10", "MEDIA_UNREACHABLE"},
        {500, "image/jpeg", "10", "MEDIA_UNREACHABLE"},
        {302, "image/jpeg", "10", "MEDIA_UNREACHABLE"},
    }));
    CAPTURE(row.status, row.type, row.length);
    jackgw_host host;
    host.http_answer = described(row.type, row.length, row.status);
    CHECK(check(host, {picture}) == row.code);
    REQUIRE(host.requests.size() == 1);
    CHECK(host.requests[0].method == "HEAD");
    CHECK(host.requests[0].url == picture);
    CHECK(host.requests[0].flags == JACKGW_HTTP_PUBLIC_ONLY);
}

TEST_CASE("The media of a message may have 5 MB in all") {
    jackgw_host host;
    host.http_answer = described("image/jpeg", "2621440");
    CHECK(check(host, {picture, picture}).empty());
    CHECK(check(host, {picture, picture, picture}) == "MEDIA_TOO_LARGE");
}

TEST_CASE("A server that can't be asked is a problem with its reason") {
    jackgw_host host;
    host.http_answer = {.result = GENERATE(as<jackgw_status>{}, JACKGW_E_TIMEOUT, JACKGW_E_FAILED,
                                           JACKGW_E_INVALID_ARGUMENT)};
    const std::vector<std::string> urls{picture};
    const MediaChecker checker(false, plugin::HttpClient(host.view()), [] { return 0ms; });
    const auto views = plugin::views(urls);
    const auto problem = checker.check(plugin::strs(views));
    REQUIRE(problem);
    CHECK(problem->code == "MEDIA_UNREACHABLE");
    CHECK(problem->message == "\"https://media.example.com/room\" can't be fetched: the connection was cut");
}

TEST_CASE("Redirects are followed under the same rules, a few of them") {
    const auto to = [](const std::string& url) {
        return HttpAnswer{.status = 301, .headers = {{"Location", url}}};
    };
    jackgw_host host;
    host.http_answer = described("image/jpeg", "10");
    SECTION("to https") {
        host.http_answers = {to("/other"), to("https://cdn.example.com/x")};
        CHECK(check(host, {picture}).empty());
        REQUIRE(host.requests.size() == 3);
        CHECK(host.requests[1].url == "https://media.example.com/other");
        CHECK(host.requests[2].url == "https://cdn.example.com/x");
        CHECK(host.requests[2].flags == JACKGW_HTTP_PUBLIC_ONLY);
    }
    SECTION("not to http") {
        host.http_answers = {to("http://media.example.com/x")};
        CHECK(check(host, {picture}) == "MEDIA_UNREACHABLE");
        CHECK(host.requests.size() == 1);
    }
    SECTION("not to this machine") {
        host.http_answers = {to("http://127.0.0.1:8080/x")};
        CHECK(check(host, {picture}) == "MEDIA_UNREACHABLE");
        CHECK(host.requests.size() == 1);
    }
    SECTION("not for ever") {
        host.http_answer = to(picture);
        CHECK(check(host, {picture}) == "MEDIA_UNREACHABLE");
        CHECK(host.requests.size() == 4);
    }
}

TEST_CASE("All media of a message share twenty seconds") {
    jackgw_host host;
    host.http_answer = described("image/jpeg", "10");
    CHECK(check(host, std::vector<std::string>(10, picture)) == "MEDIA_UNREACHABLE");
    REQUIRE(host.requests.size() == 4);
    CHECK(host.requests[0].total_timeout_ms == 10'000);
    CHECK(host.requests[3].total_timeout_ms == 2'000);
}

TEST_CASE("Beside a simulator media on this machine are asked without the rule, others with it") {
    jackgw_host host;
    host.http_answer = described("image/jpeg", "10");
    CHECK(check(host, {"http://127.0.0.1:8090/room.jpg", picture}, true).empty());
    CHECK(host.requests[0].flags == 0);
    CHECK(host.requests[1].flags == JACKGW_HTTP_PUBLIC_ONLY);
}
