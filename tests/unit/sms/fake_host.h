#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/conversations.h>
#include <jackgw/ext/http_client.h>
#include <jackgw/ext/log.h>
#include <jackgw/ext/reconcile.h>
#include <jackgw/ext/router.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackgw::sms::test {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Consent {
    int32_t kind = 0;
    std::string address;
    std::vector<std::string> scopes;
    std::string source;
    std::string keyword;
    std::string dedup_key;
};

struct Inbound {
    std::string id, from, to, content, encoding, status;
    uint32_t segments = 0;
    Pairs media;
    Pairs raw;
    std::optional<Consent> consent;
    int64_t received_at = 0;
    std::string reply_from;
};

struct StatusUpdate {
    int32_t delivery = 0;
    std::string attempt, id, word, error_code, error_message;
    int32_t provider_error_code = 0;
    uint32_t flags = 0;
    Pairs raw;
    uint32_t resend_limit = 0;
    int64_t resend_after_ms = 0;
    std::vector<std::string> opt_out_scopes;
};

struct HttpRequest {
    std::string method, url, body;
    Pairs headers;
    int64_t total_timeout_ms = 0;
    uint32_t flags = 0;
    uint64_t max_response_body = 0;
};

/// What the fake HTTP client does with the next request.
struct HttpAnswer {
    jackgw_status result = JACKGW_OK;
    int32_t written = JACKGW_HTTP_WRITTEN;
    int32_t status = 201;
    Pairs headers{};
    std::string body{};
    bool begins = false;  ///< an answer that fails does so behind its body
};

struct Route {
    uint32_t methods = 0;
    jackgw_route_handler handle = nullptr;
};

}  // namespace jackgw::sms::test

/// A host that implements the contract's tables and records what a plugin does with them.
struct jackgw_host {
    jackgw_host();
    jackgw_host(const jackgw_host&) = delete;
    jackgw_host& operator=(const jackgw_host&) = delete;

    jackgw::plugin::Host view() { return {this, &api}; }

    jackgw_host_api api{};
    jackgw_log log{};
    jackgw_conversations conversations{};
    jackgw_http_client http_client{};
    jackgw_router router{};
    jackgw_reconcile reconcile{};

    jackgw_status report_status = JACKGW_OK;           ///< what every report is answered with
    int32_t status_result = JACKGW_STATUS_NO_MESSAGE;  ///< what becomes of a status report that is taken
    jackgw::sms::test::HttpAnswer http_answer;         ///< once those of the next line are used up
    std::deque<jackgw::sms::test::HttpAnswer> http_answers;               ///< one after the other
    std::map<std::string, jackgw::sms::test::HttpAnswer> answers_by_url;  ///< before all of those
    std::function<void()> on_request;
    std::map<std::string, jackgw_time_us> owners;  ///< by message of the provider's: when its attempt began
    jackgw_status owner_status = JACKGW_OK;

    std::vector<std::string> lines;
    std::vector<jackgw::sms::test::Inbound> received;
    std::vector<jackgw::sms::test::StatusUpdate> updates;
    std::vector<jackgw::sms::test::Consent> consents;
    std::vector<jackgw::sms::test::HttpRequest> requests;
    std::map<std::string, jackgw::sms::test::Route> routes;
    const jackgw_sender* sender = nullptr;
    const jackgw_mapper* mapper = nullptr;
    const jackgw_reconciler* reconciler = nullptr;
};
