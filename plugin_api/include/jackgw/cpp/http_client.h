/// jackgw.http_client/1 in C++.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/http_client.h>

#include <chrono>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackgw::plugin {

/// A request. All views, valid for the call.
struct HttpRequest {
    std::string_view method = "GET";
    std::string_view url{};
    std::span<const jackgw_pair> headers{};
    std::string_view body{};
    std::chrono::milliseconds connect_timeout{0};  ///< 0: the host's default
    std::chrono::milliseconds total_timeout{0};    ///< 0: the host's default
    uint64_t max_response_body = 0;                ///< bytes; 0: the host's default
};

/// What came of it. `result` is JACKGW_OK if a complete answer came; else `error` says why not, and `written`
/// whether the other side may have acted on the request.
struct HttpAnswer {
    jackgw_status result = JACKGW_E_FAILED;
    bool written = true;  ///< the careful assumption
    int32_t status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string error;

    /// The value of the first header of that name, compared without regard to case.
    std::optional<std::string_view> header(std::string_view name) const {
        for (const auto& [key, value] : headers) {
            const jackgw_pair one = pair(key, value);
            if (const auto found = find_header(pairs({&one, 1}), name)) return found;
        }
        return std::nullopt;
    }
};

/// Makes requests through the host's connections. Safe from any thread while the instance runs; blocks.
class HttpClient {
  public:
    explicit HttpClient(const Host& host)
        : host_(host.handle()), table_(host.require<jackgw_http_client>(JACKGW_EXT_HTTP_CLIENT)) {
        require_member(table_, &jackgw_http_client::request, "jackgw.http_client/1 request");
    }

    /// Exactly one attempt. Throws std::bad_alloc if the answer didn't fit into memory.
    HttpAnswer request(const HttpRequest& request) const {
        jackgw_http_request raw{};
        raw.struct_size = sizeof raw;
        raw.method = str(request.method);
        raw.url = str(request.url);
        raw.headers = pairs(request.headers);
        raw.body = str(request.body);
        raw.connect_timeout_ms = request.connect_timeout.count();
        raw.total_timeout_ms = request.total_timeout.count();
        raw.max_response_body = request.max_response_body;

        Target target;
        const jackgw_http_response_sink sink{reinterpret_cast<jackgw_http_response_target*>(&target),
                                             &take_head, &take_body};
        jackgw_http_result result{};
        result.struct_size = sizeof result;
        TextSink error;
        target.answer.result = table_->request(host_, &raw, &sink, &result, error.sink());
        target.answer.written = result.written != JACKGW_HTTP_NOT_WRITTEN;
        target.answer.error = error.take();
        if (target.out_of_memory) throw std::bad_alloc();
        return std::move(target.answer);
    }

  private:
    struct Target {
        HttpAnswer answer;
        bool out_of_memory = false;
    };

    /// Call-backs of the host must not throw: the request is made by then, and only the end of it may report.
    template <class Work>
    static void without_throwing(jackgw_http_response_target* raw, Work&& work) noexcept {
        auto& target = *reinterpret_cast<Target*>(raw);
        try {
            work(target.answer);
        } catch (...) {
            target.out_of_memory = true;
        }
    }

    static void take_head(jackgw_http_response_target* target, int32_t status,
                          jackgw_pairs headers) noexcept {
        without_throwing(target, [&](HttpAnswer& answer) {
            answer.status = status;
            for (const jackgw_pair& header : view(headers)) {
                answer.headers.emplace_back(view(header.name), view(header.value));
            }
        });
    }

    static void take_body(jackgw_http_response_target* target, jackgw_str piece) noexcept {
        without_throwing(target, [&](HttpAnswer& answer) { answer.body.append(view(piece)); });
    }

    jackgw_host* host_;
    const jackgw_http_client* table_;
};

}  // namespace jackgw::plugin
