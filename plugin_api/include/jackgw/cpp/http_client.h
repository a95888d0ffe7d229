/// jackgw.http_client/1 in C++.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/http_client.h>

#include <chrono>
#include <exception>
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
    uint32_t flags = 0;                            ///< JACKGW_HTTP_…
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

/// Takes an answer while it comes in, for one that may be too long to keep.
class HttpReceiver {
  public:
    virtual ~HttpReceiver() = default;
    virtual void head(int32_t status, jackgw_pairs headers) = 0;
    /// False: no more is wanted; the connection is closed.
    virtual bool body(std::string_view piece) = 0;
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
        Collector collector;
        HttpAnswer answer = this->request(request, collector);
        if (answer.result != JACKGW_OK) return answer;
        answer.headers = std::move(collector.answer.headers);
        answer.body = std::move(collector.answer.body);
        return answer;
    }

    /// The same; head and body go to the receiver, whose exceptions end the request and are passed on.
    HttpAnswer request(const HttpRequest& request, HttpReceiver& receiver) const {
        jackgw_http_request raw{};
        raw.struct_size = sizeof raw;
        raw.flags = request.flags;
        raw.method = str(request.method);
        raw.url = str(request.url);
        raw.headers = pairs(request.headers);
        raw.body = str(request.body);
        raw.connect_timeout_ms = request.connect_timeout.count();
        raw.total_timeout_ms = request.total_timeout.count();
        raw.max_response_body = request.max_response_body;

        Target target{receiver, nullptr};
        const jackgw_http_response_sink sink{reinterpret_cast<jackgw_http_response_target*>(&target),
                                             &take_head, &take_body};
        jackgw_http_result result{};
        result.struct_size = sizeof result;
        TextSink error;
        HttpAnswer answer;
        answer.result = table_->request(host_, &raw, &sink, &result, error.sink());
        if (target.failure) std::rethrow_exception(target.failure);
        answer.written = result.written != JACKGW_HTTP_NOT_WRITTEN;
        answer.status = result.status;
        answer.error = error.take();
        return answer;
    }

  private:
    struct Collector final : HttpReceiver {
        void head(int32_t, jackgw_pairs headers) override {
            for (const jackgw_pair& header : view(headers))
                answer.headers.emplace_back(view(header.name), view(header.value));
        }
        bool body(std::string_view piece) override {
            answer.body.append(piece);
            return true;
        }

        HttpAnswer answer;
    };

    struct Target {
        HttpReceiver& receiver;
        std::exception_ptr failure;  ///< what the receiver threw, for the end: nothing crosses the boundary
    };

    static void take_head(jackgw_http_response_target* raw, int32_t status, jackgw_pairs headers) noexcept {
        auto& target = *reinterpret_cast<Target*>(raw);
        try {
            target.receiver.head(status, headers);
        } catch (...) {
            target.failure = std::current_exception();
        }
    }

    static int32_t take_body(jackgw_http_response_target* raw, jackgw_str piece) noexcept {
        auto& target = *reinterpret_cast<Target*>(raw);
        try {
            return !target.failure && target.receiver.body(view(piece)) ? 1 : 0;
        } catch (...) {
            target.failure = std::current_exception();
            return 0;
        }
    }

    jackgw_host* host_;
    const jackgw_http_client* table_;
};

}  // namespace jackgw::plugin
