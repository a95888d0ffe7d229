#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/extensions.h"
#include "plugins/contract/sending_lease.h"

namespace jackgw::plugins {

namespace {

constexpr std::uint32_t known_flags = JACKGW_HTTP_PUBLIC_ONLY;

http::ClientRequest copy_request(const jackgw_http_request& source) {
    http::ClientRequest request;
    request.method = view(source.method);
    request.url = view(source.url);
    for (std::uint64_t i = 0; i < source.headers.count; ++i)
        request.headers.push_back({std::string(view(source.headers.items[i].name)),
                                   std::string(view(source.headers.items[i].value))});
    request.body = view(source.body);
    // Zero: what the client does by itself.
    if (source.connect_timeout_ms != 0)
        request.connect_timeout = std::chrono::milliseconds{source.connect_timeout_ms};
    if (source.total_timeout_ms != 0)
        request.total_timeout = std::chrono::milliseconds{source.total_timeout_ms};
    if (source.max_response_body != 0) request.max_response_body = source.max_response_body;
    request.public_only = (source.flags & JACKGW_HTTP_PUBLIC_ONLY) != 0;
    request.ends_before = SendingLease::ends();
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
        case http::ClientResult::Kind::given_up:
            return JACKGW_E_FAILED;
        case http::ClientResult::Kind::too_large:
            return JACKGW_E_TOO_LARGE;
    }
    return JACKGW_E_FAILED;
}

/// Passes an answer on to a plugin while it comes in.
class PluginResponse final : public http::ResponseSink {
  public:
    explicit PluginResponse(const jackgw_http_response_sink& sink) : sink_(sink) {}

    void head(int status, const std::vector<http::Header>& headers) override {
        std::vector<jackgw_pair> views;
        views.reserve(headers.size());
        for (const http::Header& header : headers) views.push_back({to_c(header.name), to_c(header.value)});
        if (sink_.head != nullptr) sink_.head(sink_.target, status, {views.data(), views.size()});
    }

    bool body(std::string_view piece) override {
        return sink_.body == nullptr || sink_.body(sink_.target, to_c(piece)) != 0;
    }

  private:
    const jackgw_http_response_sink& sink_;
};

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
        if ((source->flags & ~known_flags) != 0)
            return refuse_unsent(JACKGW_E_INVALID_ARGUMENT,
                                 "the request has a flag that this host doesn't know");
        PluginResponse sink(*response);
        const http::ClientResult result = host->services.client.perform(copy_request(*source), sink);
        out->written = result.written ? JACKGW_HTTP_WRITTEN : JACKGW_HTTP_NOT_WRITTEN;
        out->reused = result.reused ? 1 : 0;
        if (result.kind != http::ClientResult::Kind::complete)
            return refuse(error, to_status(result.kind), result.error);
        out->status = result.status;
        return jackgw_status{JACKGW_OK};
    });
}

}  // namespace

const jackgw_http_client http_client_extension = {sizeof(jackgw_http_client), 0, &request};

}  // namespace jackgw::plugins
