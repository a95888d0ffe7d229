#include <cstddef>

#include "plugins/boundary.h"
#include "plugins/extensions.h"

namespace jackgw::plugins {

namespace {

constexpr std::int64_t default_connect_timeout_ms = 5'000;
constexpr std::int64_t default_total_timeout_ms = 15'000;
constexpr std::uint64_t default_max_body = 1024 * 1024;

http::ClientRequest copy_request(const jackgw_http_request& source) {
    http::ClientRequest request;
    request.method = view(source.method);
    request.url = view(source.url);
    for (std::uint64_t i = 0; i < source.headers.count; ++i)
        request.headers.push_back({std::string(view(source.headers.items[i].name)),
                                   std::string(view(source.headers.items[i].value))});
    request.body = view(source.body);
    const auto or_default = [](auto value, auto fallback) { return value == 0 ? fallback : value; };
    request.connect_timeout =
        std::chrono::milliseconds(or_default(source.connect_timeout_ms, default_connect_timeout_ms));
    request.total_timeout =
        std::chrono::milliseconds(or_default(source.total_timeout_ms, default_total_timeout_ms));
    request.max_response_body = or_default(source.max_response_body, default_max_body);
    return request;
}

jackgw_status to_status(http::ClientResult::Kind kind) {
    switch (kind) {
        case http::ClientResult::Kind::complete:
            return JACKGW_OK;
        case http::ClientResult::Kind::not_allowed:
            return JACKGW_E_INVALID_ARGUMENT;
        case http::ClientResult::Kind::timed_out:
            return JACKGW_E_TIMEOUT;
        case http::ClientResult::Kind::failed:
            return JACKGW_E_FAILED;
        case http::ClientResult::Kind::too_large:
            return JACKGW_E_TOO_LARGE;
    }
    return JACKGW_E_FAILED;
}

void pass_on(const http::ClientResult& result, const jackgw_http_response_sink& sink) {
    std::vector<jackgw_pair> headers;
    headers.reserve(result.headers.size());
    for (const http::Header& header : result.headers)
        headers.push_back({to_c(header.name), to_c(header.value)});
    if (sink.head != nullptr) sink.head(sink.target, result.status, {headers.data(), headers.size()});
    if (sink.body != nullptr && !result.body.empty()) sink.body(sink.target, to_c(result.body));
}

jackgw_status request(jackgw_host* host, const jackgw_http_request* source,
                      const jackgw_http_response_sink* response, jackgw_http_result* out,
                      jackgw_sink error) noexcept {
    // Until something else is known, the careful assumption: whoever reads the result must not send again.
    if (out != nullptr) out->written = JACKGW_HTTP_WRITTEN;
    return guarded(error, [&] {
        if (out == nullptr) return refuse(error, JACKGW_E_INVALID_ARGUMENT, "there is no result struct");
        out->status = 0;
        out->reused = 0;
        const auto refuse_unsent = [&](jackgw_status status, std::string_view reason) {
            out->written = JACKGW_HTTP_NOT_WRITTEN;
            return refuse(error, status, reason);
        };
        if (const auto status = check_running(*host, {}); status != JACKGW_OK)
            return refuse_unsent(status, "requests are possible between start and stop only");
        if (source == nullptr || response == nullptr ||
            !covers(source->struct_size,
                    offsetof(jackgw_http_request, max_response_body) + sizeof(std::uint64_t)))
            return refuse_unsent(JACKGW_E_INVALID_ARGUMENT, "the request is incomplete");
        const http::ClientResult result = host->services.client.perform(copy_request(*source));
        out->written = result.written ? JACKGW_HTTP_WRITTEN : JACKGW_HTTP_NOT_WRITTEN;
        out->reused = result.reused ? 1 : 0;
        if (result.kind != http::ClientResult::Kind::complete)
            return refuse(error, to_status(result.kind), result.error);
        out->status = result.status;
        pass_on(result, *response);
        return jackgw_status{JACKGW_OK};
    });
}

}  // namespace

const jackgw_http_client http_client_extension = {sizeof(jackgw_http_client), 0, &request};

}  // namespace jackgw::plugins
