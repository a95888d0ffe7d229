#include "gateway.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Query.h>

#include <stdexcept>

namespace jackgw::test {

Poco::Dynamic::Var JsonAnswer::at(const std::string& path) const {
    Poco::JSON::Parser parser;
    return Poco::JSON::Query(parser.parse(body)).find(path);
}

std::string JsonAnswer::text(const std::string& path) const {
    const auto value = at(path);
    return value.isEmpty() ? "" : value.convert<std::string>();
}

std::size_t JsonAnswer::size(const std::string& path) const {
    return at(path).extract<Poco::JSON::Array::Ptr>()->size();
}

std::vector<api::PluginInfo> OneChannel::list() const {
    api::PluginInfo info;
    info.channel = "sms";
    info.plugin = "fake";
    info.state = api::ChannelState::ready;
    info.live = api::GenerationInfo{1, "1.0", "1.0", "live", "fake.so", 0};
    return {info};
}

std::variant<api::GenerationInfo, std::string> OneChannel::reload(std::string_view) {
    return *list()[0].live;
}

std::variant<api::TestReport, api::NoTest> OneChannel::test(std::string_view) {
    return api::NoTest::not_supported;
}

Gateway::Gateway()
    : store_(storage::open_store(folder_.path() / "jack.db", clock_, ids_)),
      submission_(*store_, *store_, channels_, clock_),
      inbox_(*store_, *store_, clock_),
      api_({{"dashboard", api::Access::reader, "reader-token"},
            {"front-desk", api::Access::agent, "agent-token"},
            {"concierge", api::Access::agent, "other-token"},
            {"engineer", api::Access::admin, "admin-token"}},
           *store_, *store_, *store_, submission_, channels_, plugins_),
      health_(*store_, plugins_, [] { return std::string("jackgw_up 1\n"); }),
      open_routes_(health_.routes()),
      server_({}, clock_, [this](const http::Request& request) { return answer(request); }) {
    server_.start();
}

http::Response Gateway::answer(const http::Request& request) {
    if (api::Api::owns(request.path)) return api_.handle(request);
    return open_routes_.answer(request).value_or(http::Response{404, {}, {}});
}

JsonAnswer Gateway::call(const std::string& method, const std::string& target, const std::string& body,
                         const std::string& more_headers, const std::string& token) {
    RawClient client = connect();
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
    if (method != "GET" && method != "HEAD")
        request +=
            "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(request + more_headers + "\r\n" + body);
    const auto answer = client.read_answer(method == "HEAD");
    if (!answer) throw std::runtime_error("no answer to " + method + " " + target);
    return {answer->status, answer->headers, answer->body};
}

void Gateway::guest_writes(const std::string& from, const std::string& content,
                           std::optional<ConsentKind> consent) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = "P" + std::to_string(++received_);
    message.from = from;
    message.to = "+15550000001";
    message.content = content;
    message.segments = 1;
    if (consent) message.consent = Consent{*consent, "sms", from, {message.to}, "keyword", content, {}, {}};
    const auto result = inbox_.receive(message);
    if (const auto* bad = std::get_if<conversations::BadReport>(&result))
        throw std::runtime_error(bad->message);
}

}  // namespace jackgw::test
