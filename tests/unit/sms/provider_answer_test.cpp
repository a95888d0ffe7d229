#include "sms/answers/provider_answer.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using namespace jackgw::sms;

namespace {

plugin::HttpAnswer answered(int status, std::string body, std::string type = "application/json") {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_OK;
    answer.status = status;
    answer.headers = {{"content-type", std::move(type)}};
    answer.body = std::move(body);
    return answer;
}

}  // namespace

TEST_CASE("An error is Twilio's own in either of its formats, and nobody else's") {
    const auto [status, body, code] = GENERATE(table<int, std::string, std::int32_t>({
        {400, R"({"code":21211,"message":"Oh.","more_info":"https://…","status":400})", 21211},
        {400, R"({"code":21211,"message":"Oh.","status":400})", 21211},
        {400, R"({"code":21211,"message":"Oh.","more_info":"https://…"})", 21211},
        {400, R"({"code":21211,"message":"","status":400})", 21211},
        {403, R"({"type":"https://…","title":"No","status":403,"code":20403,"detail":"Oh."})", 20403},
        {400, R"({"type":"https://…","title":"No","code":21211})", 21211},
        {503, R"({"code":20503,"message":"Oh.","status":503})", 20503},
        // Not quite.
        {400, R"({"code":21211})", 0},
        {400, R"({"code":21211,"message":"Oh."})", 0},
        {400, R"({"code":"21211","message":"Oh.","status":400})", 0},
        {400, R"({"code":21211.5,"message":"Oh.","status":400})", 0},
        {400, R"({"code":null,"message":"Oh.","status":400})", 0},
        {400, R"({"code":-21211,"message":"Oh.","status":400})", 0},
        {404, R"({"code":404,"message":"no Route matched","status":404})", 0},
        {400, R"({"code":4294988507,"message":"Oh.","status":400})", 0},
        {400, R"({"code":18446744073709551615,"message":"Oh.","status":400})", 0},
        {400, R"({"code":21211,"message":{"text":"Oh."},"status":400})", 0},
        {400, R"([{"code":21211,"message":"Oh.","status":400}])", 0},
        {400, R"({"error":{"code":21211,"message":"Oh.","status":400}})", 0},
        {400, R"({"code":21211,"message":"Oh.","status":400)", 0},
        {404, "<html>Not found</html>", 0},
        {400, "", 0},
        {400, std::string(100'000, '['), 0},
        // What isn't an error's status.
        {200, R"({"code":21211,"message":"Oh.","status":400})", 0},
        {302, R"({"code":21211,"message":"Oh.","status":400})", 0},
    }));
    CAPTURE(status, body.substr(0, 100));
    const auto said = said_error(answered(status, body));
    REQUIRE(said.has_value() == (code != 0));
    if (said) CHECK(said->code == code);
    plugin::HttpAnswer broken = answered(status, body);
    broken.result = JACKGW_E_FAILED;
    CHECK_FALSE(said_error(broken));
}

TEST_CASE("A foreign answer is described without its body") {
    const auto [type, shown] = GENERATE(table<std::string, std::string>({
        {"text/html; charset=utf-8", "text/html"},
        {"application/problem+json", "application/problem+json"},
        {"", "no content type"},
        {"text/\x1b[31mhtml", "no content type"},
        {std::string(100, 'x'), "no content type"},
    }));
    const std::string words = describe_foreign(answered(403, "Hello Ada, room 12", type));
    CHECK(words ==
          "HTTP 403 (" + shown +
              ", 18 bytes) is no answer of Twilio's: check api_base_url, proxies and captive portals");
}
