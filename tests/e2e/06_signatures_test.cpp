// Only the provider may write to the webhooks, and no answer there is ever plain text: the provider would
// text it to the guest.
#include <catch2/catch.hpp>

#include "../integration/http/raw_client.h"
#include "database_hold.h"
#include "stack.h"

using namespace jackgw::test;

namespace {

constexpr const char* sms_path = "/webhooks/twilio/sms";

StackOptions without_provider() {
    StackOptions options;
    options.simulator = false;
    return options;
}

/// The raw bytes of a signed text.
std::string raw_text(Stack& stack, std::uint64_t number) {
    const Parameters parameters = text_parameters(make_sid(number), guest_number, "Hello");
    std::string headers;
    for (const auto& header : signed_headers(auth_token, stack.public_url() + sms_path, parameters))
        headers += header.name + ": " + header.value + "\r\n";
    return post(sms_path, form_body(parameters), headers);
}

RawAnswer raw(Stack& stack, const std::string& bytes) {
    RawClient client(static_cast<std::uint16_t>(std::stoi(stack.port())));
    client.send(bytes);
    const auto answer = client.read_answer();
    REQUIRE(answer);
    return *answer;
}

/// What may be said to a provider that is not taken: nothing.
void check_silent(const RawAnswer& answer, int status) {
    CHECK(answer.status == status);
    CHECK(answer.body.empty());
    const auto type = answer.headers.find("content-type");
    if (type != answer.headers.end()) CHECK_THAT(type->second, !Catch::StartsWith("text/plain"));
}

}  // namespace

TEST_CASE("06 a wrong signature is refused with 403 on every route before any effect") {
    Stack stack(without_provider());
    const Parameters text = text_parameters(make_sid(1), guest_number, "Hello");
    Parameters stop = text_parameters(make_sid(2), guest_number, "STOP");
    stop.emplace_back("OptOutType", "STOP");
    const Parameters status{{"MessageSid", make_sid(3)},
                            {"MessageStatus", "delivered"},
                            {"AccountSid", account_sid},
                            {"From", hotel_number},
                            {"To", guest_number}};
    struct Route {
        const char* path;
        const Parameters& parameters;
    };
    for (const Route& route : {Route{sms_path, text}, Route{"/webhooks/twilio/optout", stop},
                               Route{"/webhooks/twilio/status", status}}) {
        const std::string url = stack.url() + route.path;
        const auto headers_with = [&](const std::string& signature) {
            return std::vector<jackgw::http::Header>{{"Content-Type", "application/x-www-form-urlencoded"},
                                                     {"X-Twilio-Signature", signature}};
        };
        auto tampered = route.parameters;
        tampered.emplace_back("Body", "more");
        const std::string right = signed_headers(auth_token, url, route.parameters).at(1).value;
        struct Row {
            const char* what;
            std::vector<jackgw::http::Header> headers;
        };
        const std::vector<Row> rows{
            {"none", {{"Content-Type", "application/x-www-form-urlencoded"}}},
            {"empty", headers_with("")},
            {"nonsense", headers_with("nonsense")},
            {"of another token", signed_headers("00000000000000000000000000000000", url, route.parameters)},
            {"of an empty token", signed_headers("", url, route.parameters)},
            {"of other parameters", signed_headers(auth_token, url, tampered)},
            {"of another URL", signed_headers(auth_token, url + "/", route.parameters)},
            {"shortened", headers_with(right.substr(0, right.size() - 1))},
        };
        for (const Row& row : rows) {
            INFO(route.path << ", signature " << row.what);
            const Answer answer = stack.http().request("POST", url, row.headers, form_body(route.parameters));
            CHECK(answer.status == 403);
            CHECK(answer.body.empty());
            CHECK_THAT(answer.content_type(), !Catch::StartsWith("text/plain"));
        }
    }
    CHECK(stack.list("/conversations").empty());
    CHECK(stack.list("/guests").empty());
    CHECK(stack.webhook(sms_path, text).status == 200);
    CHECK(stack.list("/guests").at(0).at("consents").empty());
}

TEST_CASE("06 a request signed for another account is refused") {
    Stack stack(without_provider());
    Parameters parameters = text_parameters(make_sid(1), guest_number, "Hello");
    for (auto& [name, value] : parameters)
        if (name == "AccountSid") value = "ACffffffffffffffffffffffffffffffff";
    const Answer answer = stack.webhook(sms_path, parameters);
    CHECK(answer.status == 403);
    CHECK(answer.body.empty());
    CHECK(stack.list("/conversations").empty());
}

TEST_CASE("06 behind a proxy the public URL is what is signed") {
    StackOptions options = without_provider();
    options.public_url = "https://api.example.com/hotel/";
    options.server = "trusted_proxies = [\"127.0.0.1\"]\n";
    options.log = "format = \"json\"\nlevel = \"debug\"\n";
    Stack stack(options);
    // The proxy drops /hotel and calls the gateway by its own name.
    const Parameters parameters = text_parameters(make_sid(1), guest_number, "Hello");
    const auto post_signed_for = [&](const std::string& signed_url, const std::string& target) {
        auto headers = signed_headers(auth_token, signed_url, parameters);
        headers.push_back({"X-Forwarded-For", "198.51.100.1, 203.0.113.77"});
        headers.push_back({"X-Forwarded-Proto", "https"});
        return stack.http().request("POST", stack.url() + target, headers, form_body(parameters)).status;
    };
    const std::string target = std::string(sms_path) + "?hotel=lake%20side&room=12";
    CHECK(post_signed_for("https://api.example.com/hotel" + target, target) == 200);
    CHECK(post_signed_for("https://api.example.com:443/hotel" + target, target) == 200);
    CHECK(post_signed_for("https://api.example.com" + target, target) == 403);
    CHECK(post_signed_for("http://api.example.com/hotel" + target, target) == 403);
    CHECK(post_signed_for(stack.url() + target, target) == 403);
    CHECK(stack.all_messages().size() == 1);
    // The last address that a trusted proxy names is the client's.
    CHECK_THAT(stack.log(), Catch::Contains("\"peer\":\"203.0.113.77\""));
}

TEST_CASE("06 whatever goes wrong on a webhook path, nothing is said in words") {
    StackOptions options = without_provider();
    options.own_plugins = true;
    options.server = "max_body_bytes = 4096\nmax_header_bytes = 2048\nbody_timeout_s = 0.5\n";
    options.more = "[channels.handler_only]\nplugin = \"throws\"\n";
    options.further_plugins = {FIXTURES "/throws.so"};
    Stack stack(options);
    const std::string head = std::string("POST ") + sms_path + " HTTP/1.1\r\nHost: test\r\n";
    struct Row {
        int status;
        const char* what;
        std::string bytes;
    };
    const std::vector<Row> rows{
        {400, "a malformed header", head + "no colon\r\n\r\n"},
        {400, "two lengths", head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
        {400, "both lengths", head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {403, "no signature", post(sms_path, "From=%2B1")},
        {404, "an unknown path", post("/webhooks/twilio/unknown", "a=b")},
        {404, "a path of nobody", get("/webhooks/")},
        {405, "another method", "PUT " + head.substr(5) + "Content-Length: 1\r\n\r\na"},
        {408, "a body that doesn't come", head + "Content-Length: 10\r\n\r\n"},
        {411, "no length", head + "\r\n"},
        {413, "a long body", post(sms_path, std::string(5000, 'a'))},
        {431, "a long head", head + "X-Long: " + std::string(3000, 'a') + "\r\n\r\n"},
        {500, "a plugin that throws", get("/webhooks/throws")},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        check_silent(raw(stack, row.bytes), row.status);
    }
    INFO("a signed text without a sender");
    const Parameters incomplete{{"MessageSid", make_sid(1)}, {"AccountSid", account_sid}};
    const Answer answer = stack.webhook(sms_path, incomplete);
    CHECK(answer.status == 400);
    CHECK(answer.body.empty());
    CHECK_THAT(answer.content_type(), !Catch::StartsWith("text/plain"));
    CHECK(stack.all_messages().empty());
}

TEST_CASE("06 a store that can't be written is 503 for now, and the text is taken when it comes again") {
    Stack stack(without_provider());
    {
        const DatabaseHold hold(stack.store_file());
        const RawAnswer answer = raw(stack, raw_text(stack, 1));
        check_silent(answer, 503);
    }
    CHECK(raw(stack, raw_text(stack, 1)).status == 200);
    CHECK(stack.all_messages().size() == 1);
}

TEST_CASE("06 without its plugin a channel's paths answer 503 and not 404") {
    StackOptions options = without_provider();
    options.own_plugins = true;
    options.plugin_file = FIXTURES "/wrong-magic.so";
    options.required = false;
    Stack stack(options);
    for (const char* path : {sms_path, "/webhooks/twilio/status", "/webhooks/anything"}) {
        INFO(path);
        const RawAnswer answer = raw(stack, post(path, "a=b"));
        check_silent(answer, 503);
        CHECK(answer.headers.contains("retry-after"));
    }
    // The right file and a reload bring the channel up.
    std::filesystem::copy_file(PLUGINS "/jackgw-sms.so", stack.plugins() / "jackgw-sms.so",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(raw(stack, raw_text(stack, 1)).status == 200);
    check_silent(raw(stack, post("/webhooks/anything", "a=b")), 404);
}
