#include "http_user.h"

#include <chrono>
#include <stdexcept>

namespace jackgw::test {

namespace {

http::ClientOptions many_connections() {
    http::ClientOptions options;
    options.max_idle_per_host = 256;
    return options;
}

[[noreturn]] void complain(const Answer& answer, const std::string& what) {
    throw std::runtime_error(what + ", status " + std::to_string(answer.status) + ": " + answer.body);
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    return std::string(http::find_header(headers, name).value_or(""));
}

Json Answer::json() const {
    Json parsed = Json::parse(body, nullptr, false);
    if (parsed.is_discarded()) complain(*this, "the answer is no JSON");
    return parsed;
}

Json Answer::data() const {
    Json parsed = json();
    if (status / 100 != 2 || !parsed.contains("data")) complain(*this, "the answer has no data");
    return std::move(parsed["data"]);
}

HttpUser::HttpUser() : client_(many_connections(), clock_) {}

Answer HttpUser::request(const std::string& method, const std::string& url, std::vector<http::Header> headers,
                         std::string body) {
    http::ClientRequest request;
    request.method = method;
    request.url = url;
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.total_timeout = std::chrono::seconds{60};
    request.max_response_body = 64 * 1024 * 1024;
    http::ClientResult result = client_.perform(request);
    if (result.kind != http::ClientResult::Kind::complete)
        throw std::runtime_error("no answer to " + method + " " + url + ": " + result.error);
    return {result.status, std::move(result.headers), std::move(result.body)};
}

Answer HttpUser::post_json(const std::string& url, const Json& body) {
    return request("POST", url, {{"Content-Type", "application/json"}}, body.dump());
}

}  // namespace jackgw::test
