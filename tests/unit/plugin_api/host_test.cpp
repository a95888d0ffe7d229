#include <jackgw/cpp/conversations.h>
#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/log.h>

#include <array>
#include <catch2/catch.hpp>

using namespace jackgw::plugin;

// The host as the plugin's side sees it: an incomplete struct that the test completes.
struct jackgw_host {
    std::vector<std::string> lines;
    jackgw_log log{};
    jackgw_conversations conversations{};
    jackgw_http_client http_client{};
    jackgw_status answer = JACKGW_OK;
};

namespace {

const void* find_extension(jackgw_host* host, jackgw_str id) {
    if (view(id) == JACKGW_EXT_LOG) return &host->log;
    if (view(id) == JACKGW_EXT_CONVERSATIONS) return &host->conversations;
    if (view(id) == JACKGW_EXT_HTTP_CLIENT) return &host->http_client;
    return nullptr;
}

constexpr jackgw_host_api api{sizeof(jackgw_host_api), 1, 0, 0, JACKGW_STR("9.9"), &find_extension};

void write_line(jackgw_host* host, int32_t level, jackgw_str message) {
    host->lines.push_back(std::to_string(level) + " " + std::string(view(message)));
}

jackgw_status receive(jackgw_host* host, const jackgw_inbound*, jackgw_received* out, jackgw_sink error) {
    if (host->answer == JACKGW_OK) out->result = JACKGW_DUPLICATE;
    if (host->answer != JACKGW_OK) put(error, "the disk is full");
    return host->answer;
}

jackgw_status apply_status(jackgw_host*, const jackgw_status_update*, jackgw_status_result*, jackgw_sink) {
    return JACKGW_OK;
}

jackgw_status record_consent(jackgw_host*, const jackgw_consent_report*, jackgw_received*, jackgw_sink) {
    return JACKGW_OK;
}

jackgw_status request(jackgw_host* host, const jackgw_http_request* request,
                      const jackgw_http_response_sink* response, jackgw_http_result* out, jackgw_sink error) {
    if (host->answer != JACKGW_OK) {
        out->written = JACKGW_HTTP_NOT_WRITTEN;
        put(error, "refused");
        return host->answer;
    }
    const std::array headers{pair("Retry-After", "7")};
    response->head(response->target, 418, pairs(headers));
    for (const jackgw_str piece : {request->method, request->body})
        if (response->body(response->target, piece) == 0) return JACKGW_E_FAILED;
    out->written = JACKGW_HTTP_WRITTEN;
    out->status = 418;
    return JACKGW_OK;
}

}  // namespace

TEST_CASE("A table that is absent, too short or has no function offers nothing") {
    jackgw_log table{};
    CHECK_FALSE(offers<jackgw_log>(nullptr, &jackgw_log::write));
    table.struct_size = sizeof table;
    CHECK_FALSE(offers(&table, &jackgw_log::write));
    table.write = &write_line;
    CHECK(offers(&table, &jackgw_log::write));
    table.struct_size = sizeof table - 1;
    CHECK_FALSE(offers(&table, &jackgw_log::write));
}

TEST_CASE("A missing extension or function is named") {
    jackgw_host raw;
    const Host host(&raw, &api);
    CHECK(host.find<jackgw_log>("jackgw.unheard_of/1") == nullptr);
    CHECK_THROWS_WITH(host.require<jackgw_log>("jackgw.unheard_of/1"),
                      Catch::Contains("jackgw.unheard_of/1"));
    CHECK_THROWS_WITH(Conversations(host), Catch::Contains("receive"));
}

TEST_CASE("Lines reach the host's log, and nothing happens without one") {
    jackgw_host raw;
    Log(Host(&raw, &api)).info("lost");
    raw.log.struct_size = sizeof raw.log;
    raw.log.write = &write_line;
    const Log log(Host(&raw, &api));
    log.warning("careful");
    CHECK(raw.lines == std::vector<std::string>{"3 careful"});
    CHECK_FALSE(log.enabled(JACKGW_LOG_ERROR));
}

TEST_CASE("A report tells what the host answered") {
    jackgw_host raw;
    raw.conversations = {sizeof raw.conversations, 0, nullptr, &receive, &apply_status, &record_consent};
    const Conversations conversations(Host(&raw, &api));
    const jackgw_inbound message{};
    Reported reported = conversations.receive(message);
    CHECK(reported.ok());
    CHECK(reported.result == JACKGW_DUPLICATE);
    raw.answer = JACKGW_E_UNAVAILABLE;
    reported = conversations.receive(message);
    CHECK(reported.status == JACKGW_E_UNAVAILABLE);
    CHECK(reported.error == "the disk is full");
    CHECK_THROWS_AS(conversations.set_mapper(jackgw_mapper{}), Failure);
}

TEST_CASE("A request's answer is copied, and what isn't known counts as written") {
    jackgw_host raw;
    raw.http_client = {sizeof raw.http_client, 0, &request};
    const HttpClient client(Host(&raw, &api));
    HttpAnswer answer = client.request({.method = "POST", .body = "hello"});
    CHECK(answer.result == JACKGW_OK);
    CHECK(answer.written);
    CHECK(answer.status == 418);
    CHECK(answer.body == "POSThello");
    CHECK(answer.header("retry-after") == "7");
    CHECK_FALSE(answer.header("retry"));
    raw.answer = JACKGW_E_TIMEOUT;
    answer = client.request({});
    CHECK(answer.result == JACKGW_E_TIMEOUT);
    CHECK_FALSE(answer.written);
    CHECK(answer.error == "refused");
}
