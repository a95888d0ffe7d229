#include "fake_host.h"

using namespace jackgw::plugin;
using namespace jackgw::sms::test;

namespace {

std::string copy(jackgw_str text) {
    return std::string(view(text));
}

Pairs copy(jackgw_pairs list) {
    Pairs out;
    for (const jackgw_pair& item : view(list)) out.emplace_back(copy(item.name), copy(item.value));
    return out;
}

std::vector<std::string> copy(jackgw_strs list) {
    std::vector<std::string> out;
    for (const jackgw_str item : view(list)) out.push_back(copy(item));
    return out;
}

Consent copy(const jackgw_consent& consent) {
    return {consent.kind,         copy(consent.address), copy(consent.scopes),
            copy(consent.source), copy(consent.keyword), {}};
}

const void* find_extension(jackgw_host* host, jackgw_str id) {
    if (view(id) == JACKGW_EXT_LOG) return &host->log;
    if (view(id) == JACKGW_EXT_CONVERSATIONS) return &host->conversations;
    if (view(id) == JACKGW_EXT_HTTP_CLIENT) return &host->http_client;
    if (view(id) == JACKGW_EXT_ROUTER) return &host->router;
    if (view(id) == JACKGW_EXT_RECONCILE) return &host->reconcile;
    return nullptr;
}

jackgw_status answer(jackgw_host* host, jackgw_sink error) {
    if (host->report_status != JACKGW_OK) put(error, "the store is busy");
    return host->report_status;
}

jackgw_status receive(jackgw_host* host, const jackgw_inbound* message, jackgw_received* out,
                      jackgw_sink error) {
    Inbound inbound{copy(message->provider_message_id),
                    copy(message->from),
                    copy(message->to),
                    copy(message->content),
                    copy(message->encoding),
                    copy(message->provider_status),
                    message->segments,
                    {},
                    copy(message->raw),
                    std::nullopt,
                    message->received_at,
                    copy(message->reply_from)};
    for (uint64_t i = 0; i < message->media_count; ++i) {
        inbound.media.emplace_back(copy(message->media[i].url), copy(message->media[i].content_type));
    }
    if (message->consent != nullptr) inbound.consent = copy(*message->consent);
    host->received.push_back(inbound);
    out->result = JACKGW_STORED;
    return answer(host, error);
}

jackgw_status apply_status(jackgw_host* host, const jackgw_status_update* update, jackgw_status_result* out,
                           jackgw_sink error) {
    host->updates.push_back({update->delivery, copy(update->attempt_id), copy(update->provider_message_id),
                             copy(update->provider_status), copy(update->error_code),
                             copy(update->error_message), update->provider_error_code, update->flags,
                             copy(update->raw), update->resend_limit, update->resend_after_ms,
                             copy(update->opt_out_scopes)});
    out->result = host->status_result;
    return answer(host, error);
}

jackgw_status record_consent(jackgw_host* host, const jackgw_consent_report* report, jackgw_received* out,
                             jackgw_sink error) {
    host->consents.push_back(copy(*report->consent));
    host->consents.back().dedup_key = copy(report->dedup_key);
    out->result = JACKGW_STORED;
    return answer(host, error);
}

jackgw_status set_mapper(jackgw_host* host, const jackgw_mapper* mapper, jackgw_sink) {
    host->mapper = mapper;
    return JACKGW_OK;
}

jackgw_status request(jackgw_host* host, const jackgw_http_request* request,
                      const jackgw_http_response_sink* response, jackgw_http_result* out, jackgw_sink error) {
    host->requests.push_back({copy(request->method), copy(request->url), copy(request->body),
                              copy(request->headers), request->total_timeout_ms, request->flags,
                              request->max_response_body});
    if (host->on_request) host->on_request();
    HttpAnswer prepared = host->http_answer;
    const auto by_url = host->answers_by_url.find(copy(request->url));
    if (by_url != host->answers_by_url.end()) {
        prepared = by_url->second;
    } else if (!host->http_answers.empty()) {
        prepared = host->http_answers.front();
        host->http_answers.pop_front();
    }
    out->written = prepared.written;
    const auto fail = [&](jackgw_status status) {
        put(error, "the connection was cut");
        return status;
    };
    if (prepared.result != JACKGW_OK && !prepared.begins) return fail(prepared.result);
    std::vector<jackgw_pair> headers;
    for (const auto& [name, value] : prepared.headers) headers.push_back(pair(name, value));
    response->head(response->target, prepared.status, pairs(headers));
    if (!prepared.body.empty() && response->body(response->target, str(prepared.body)) == 0)
        return fail(JACKGW_E_FAILED);
    if (prepared.result != JACKGW_OK) return fail(prepared.result);
    out->status = prepared.status;
    return JACKGW_OK;
}

jackgw_status add_route(jackgw_host* host, const jackgw_route* route, jackgw_sink error) {
    if (!host->routes.emplace(copy(route->path), Route{route->methods, route->handle}).second) {
        put(error, "the route is taken");
        return JACKGW_E_CONFLICT;
    }
    return JACKGW_OK;
}

jackgw_status set_sender(jackgw_host* host, const jackgw_sender* sender, jackgw_sink) {
    host->sender = sender;
    return JACKGW_OK;
}

jackgw_status set_reconciler(jackgw_host* host, const jackgw_reconciler* reconciler, jackgw_sink) {
    host->reconciler = reconciler;
    return JACKGW_OK;
}

jackgw_status owner(jackgw_host* host, jackgw_str id, jackgw_message_owner* out, jackgw_sink error) {
    if (host->owner_status != JACKGW_OK) {
        put(error, "the store is busy");
        return host->owner_status;
    }
    const auto found = host->owners.find(copy(id));
    out->known = found == host->owners.end() ? 0 : 1;
    out->attempt_started_at = out->known == 0 ? 0 : found->second;
    return JACKGW_OK;
}

int32_t log_enabled(jackgw_host*, int32_t) {
    return 1;
}

void log_write(jackgw_host* host, int32_t, jackgw_str message) {
    host->lines.push_back(copy(message));
}

}  // namespace

jackgw_host::jackgw_host()
    : api{sizeof api, 1, 0, 0, JACKGW_STR("test"), &find_extension},
      log{sizeof log, 0, &log_enabled, &log_write},
      conversations{sizeof conversations, 0, &set_mapper, &receive, &apply_status, &record_consent},
      http_client{sizeof http_client, 0, &request},
      router{sizeof router, 0, &add_route, &set_sender},
      reconcile{sizeof reconcile, 0, &set_reconciler, &owner} {}
