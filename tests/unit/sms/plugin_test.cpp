// The plugin through its entry, as the host calls it.
#include <jackgw/ext/health.h>
#include <jackgw/ext/media.h>
#include <jackgw/plugin.h>

#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"
#include "sms/signature/signature.h"

using namespace jackgw;
using plugin::view;
using sms::test::account;
using sms::test::guest;
using sms::test::hotel;

struct jackgw_responder_target {
    int32_t status = 200;
    std::string headers;
    std::string body;
};

struct jackgw_outcome_target {
    int32_t kind = 0;
    std::string id;
    int count = 0;
};

struct jackgw_mapped_target {
    std::string to, from, encoding, code;
    uint32_t segments = 0;
    uint32_t truncated = 0;
    uint32_t code_points = 0;
    std::vector<std::string> warnings;
    std::vector<std::pair<std::string, uint32_t>> pieces;
    std::vector<std::pair<std::string, std::string>> replacements;
    int count = 0;
};

struct jackgw_problem_target {
    std::string field, code;
    int count = 0;
};

struct jackgw_reconciled_target {
    std::vector<std::string> reasons;
};

struct jackgw_media_target {
    std::string type, body;
};

namespace {

struct Instance {
    explicit Instance(std::vector<jackgw_pair> options) {
        const jackgw_create_args args{sizeof args,
                                      0,
                                      &host,
                                      &host.api,
                                      plugin::str("sms"),
                                      plugin::str(sms::test::public_url),
                                      plugin::pairs(options)};
        status = jackgw_plugin_entry.create(&args, &plugin, error.sink());
    }
    Instance()
        : Instance({plugin::pair("account_sid", account), plugin::pair("auth_token", sms::test::token),
                    plugin::pair("phone_number", hotel)}) {
        REQUIRE(status == JACKGW_OK);
        REQUIRE(jackgw_plugin_entry.start(plugin, error.sink()) == JACKGW_OK);
    }
    ~Instance() {
        if (plugin == nullptr) return;
        jackgw_plugin_entry.quiesce(plugin, 0);
        jackgw_plugin_entry.stop(plugin);
        jackgw_plugin_entry.destroy(plugin);
    }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    jackgw_host host;
    jackgw_plugin* plugin = nullptr;
    plugin::TextSink error;
    jackgw_status status = JACKGW_OK;
};

}  // namespace

TEST_CASE("Creation registers routes, sender and mapper") {
    Instance instance;
    REQUIRE(instance.host.routes.size() == 3);
    CHECK(instance.host.routes.at("/webhooks/twilio/sms").methods ==
          (JACKGW_METHOD_GET | JACKGW_METHOD_POST));
    CHECK(instance.host.routes.at("/webhooks/twilio/status").methods == JACKGW_METHOD_POST);
    CHECK(instance.host.routes.at("/webhooks/twilio/optout").methods == JACKGW_METHOD_POST);
    REQUIRE(instance.host.sender != nullptr);
    REQUIRE(instance.host.mapper != nullptr);
    REQUIRE(instance.host.reconciler != nullptr);
    CHECK(instance.host.mapper->max_units == 1600);
    CHECK(instance.host.mapper->max_media == 10);
}

TEST_CASE("A fault in the options fails creation in words") {
    Instance instance({plugin::pair("account_sid", account), plugin::pair("auth_token", sms::test::token)});
    CHECK(instance.status == JACKGW_E_INVALID_ARGUMENT);
    CHECK(instance.plugin == nullptr);
    CHECK(instance.error.text().find("phone_number") != std::string::npos);
    CHECK(instance.error.text().find(sms::test::token) == std::string::npos);
}

TEST_CASE("A signed request travels through the route") {
    Instance instance;
    const sms::Parameters form{{"MessageSid", "SM1"}, {"From", guest}, {"To", hotel}, {"Body", "hi"}};
    const std::string url = sms::test::public_url + "/webhooks/twilio/sms";
    const std::string body = sms::encode_form(form);
    const std::string signature = sms::compute_signature(sms::test::token, url, form);
    const std::vector<jackgw_pair> headers{plugin::pair("X-Twilio-Signature", signature)};
    jackgw_request request{};
    request.struct_size = sizeof request;
    request.method = JACKGW_METHOD_POST;
    request.url = plugin::str(url);
    request.headers = plugin::pairs(headers);
    request.body = plugin::str(body);
    jackgw_responder_target target;
    const jackgw_responder responder{
        sizeof responder,
        0,
        &target,
        [](jackgw_responder_target* to, int32_t status) { to->status = status; },
        [](jackgw_responder_target* to, jackgw_str name, jackgw_str value) {
            to->headers.append(view(name)).append(": ").append(view(value));
        },
        [](jackgw_responder_target* to, jackgw_str piece) { to->body.append(view(piece)); }};
    const auto& route = instance.host.routes.at("/webhooks/twilio/sms");
    CHECK(route.handle(instance.plugin, 0, &request, &responder) == JACKGW_OK);
    CHECK(target.status == 200);
    CHECK(target.headers == "Content-Type: text/xml");
    CHECK(target.body == R"(<?xml version="1.0" encoding="UTF-8"?><Response></Response>)");
    REQUIRE(instance.host.received.size() == 1);
    CHECK(instance.host.received[0].content == "hi");
}

TEST_CASE("The sender puts exactly one outcome") {
    Instance instance;
    instance.host.http_answer.body = R"({"sid":"SM9","status":"accepted"})";
    jackgw_outgoing message{};
    message.struct_size = sizeof message;
    message.from = plugin::str(hotel);
    message.to = plugin::str(guest);
    message.content = plugin::str("hello");
    jackgw_outcome_target target;
    const jackgw_outcome_sink sink{&target, [](jackgw_outcome_target* to, const jackgw_outcome* outcome) {
                                       to->kind = outcome->kind;
                                       to->id = view(outcome->provider_message_id);
                                       ++to->count;
                                   }};
    CHECK(instance.host.sender->send(instance.plugin, &message, sink, {}) == JACKGW_OK);
    CHECK(target.count == 1);
    CHECK(target.kind == JACKGW_OUTCOME_ACCEPTED);
    CHECK(target.id == "SM9");
}

TEST_CASE("The reconciler puts one answer, or says that it can't ask") {
    Instance instance;
    instance.host.http_answer = {.status = 200, .body = R"({"messages":[],"next_page_uri":null})"};
    jackgw_doubtful_attempt attempt{};
    attempt.struct_size = sizeof attempt;
    attempt.from = plugin::str(hotel);
    attempt.to = plugin::str(guest);
    jackgw_reconciled_target target;
    const jackgw_reconciled_sink sink{&target,
                                      [](jackgw_reconciled_target* to, const jackgw_reconciled* raw) {
                                          CHECK(raw->struct_size == sizeof(jackgw_reconciled));
                                          CHECK(raw->kind == JACKGW_RECONCILED_CANT_TELL);
                                          to->reasons.emplace_back(view(raw->reason));
                                      }};
    const jackgw_reconciler& reconciler = *instance.host.reconciler;
    CHECK(reconciler.reconcile(instance.plugin, &attempt, sink, {}) == JACKGW_OK);
    REQUIRE(target.reasons.size() == 1);
    CHECK(target.reasons[0].find("later message") != std::string::npos);

    instance.host.http_answer.status = 503;
    instance.host.http_answer.body.clear();
    plugin::TextSink error;
    CHECK(reconciler.reconcile(instance.plugin, &attempt, sink, error.sink()) == JACKGW_E_UNAVAILABLE);
    CHECK(target.reasons.size() == 1);
    CHECK(error.text().find("503") != std::string::npos);
}

TEST_CASE("The host learns which account sends for a sender") {
    Instance instance;
    plugin::TextSink named;
    instance.host.sender->account_of(instance.plugin, plugin::str(hotel), named.sink());
    CHECK(named.text() == account);
}

TEST_CASE("The mapper normalises, maps and refuses") {
    Instance instance;
    const jackgw_mapper& mapper = *instance.host.mapper;
    plugin::TextSink normalized;
    plugin::TextSink error;
    CHECK(mapper.normalize_address(instance.plugin, plugin::str("+1 555 987 6543"), normalized.sink(),
                                   error.sink()) == JACKGW_OK);
    CHECK(normalized.text() == guest);
    CHECK(mapper.normalize_address(instance.plugin, plugin::str("bell desk"), normalized.sink(),
                                   error.sink()) == JACKGW_E_INVALID_ARGUMENT);
    CHECK(error.text().find("bell desk") != std::string::npos);

    jackgw_mapped_target target;
    const jackgw_mapped_sink sink{&target,
                                  [](jackgw_mapped_target* to, const jackgw_mapped* mapped) {
                                      to->to = view(mapped->to);
                                      to->from = view(mapped->from);
                                      to->encoding = view(mapped->encoding);
                                      to->segments = mapped->segments;
                                      ++to->count;
                                  },
                                  [](jackgw_mapped_target* to, const jackgw_problem* problem) {
                                      to->code = view(problem->code);
                                      ++to->count;
                                  }};
    jackgw_draft draft{};
    draft.struct_size = sizeof draft;
    draft.to = plugin::str("+1 (555) 987-6543");
    draft.content = plugin::str("Grüße");
    CHECK(mapper.map(instance.plugin, &draft, sink) == JACKGW_OK);
    CHECK(target.count == 1);
    CHECK(target.to == guest);
    CHECK(target.from == hotel);
    CHECK(target.encoding == "GSM-7");
    CHECK(target.segments == 1);
    draft.to = plugin::str("");
    CHECK(mapper.map(instance.plugin, &draft, sink) == JACKGW_OK);
    CHECK(target.count == 2);
    CHECK(target.code == "INVALID_NUMBER");
}

TEST_CASE("The mapper tells how a long text is sent and what is replaced in it") {
    const std::vector<jackgw_pair> options{
        plugin::pair("account_sid", account), plugin::pair("auth_token", sms::test::token),
        plugin::pair("phone_number", hotel), plugin::pair("smart_encoding", "true")};
    const auto map = [&](std::string_view long_text, const std::string& content) {
        auto all = options;
        all.push_back(plugin::pair("long_text", long_text));
        Instance instance(all);
        jackgw_mapped_target target;
        const jackgw_mapped_sink sink{
            &target,
            [](jackgw_mapped_target* to, const jackgw_mapped* mapped) {
                to->segments = mapped->segments;
                to->truncated = mapped->truncated;
                to->code_points = mapped->code_points;
                for (const jackgw_str warning : view(mapped->warnings))
                    to->warnings.emplace_back(view(warning));
                REQUIRE(mapped->piece_size == sizeof(jackgw_piece));
                for (uint32_t i = 0; i < mapped->piece_count; ++i) {
                    const jackgw_piece& piece = mapped->pieces[i];
                    CHECK(view(piece.encoding) == "GSM-7");
                    CHECK(piece.units == piece.content.length);
                    to->pieces.emplace_back(view(piece.content).substr(0, 8), piece.segments);
                }
                for (const jackgw_pair& pair : view(mapped->replacements)) {
                    to->replacements.emplace_back(view(pair.name), view(pair.value));
                }
            },
            [](jackgw_mapped_target* to, const jackgw_problem* problem) { to->code = view(problem->code); }};
        jackgw_draft draft{};
        draft.struct_size = sizeof draft;
        draft.to = plugin::str(guest);
        draft.content = plugin::str(content);
        CHECK(instance.host.mapper->map(instance.plugin, &draft, sink) == JACKGW_OK);
        return target;
    };
    const std::string content(1700, 'x');

    const auto split = map("split", content);
    CHECK(split.pieces == std::vector<std::pair<std::string, uint32_t>>{{"(1/2) xx", 11}, {"(2/2) xx", 1}});
    CHECK(split.segments == 12);
    CHECK(split.truncated == 0);
    CHECK(split.code_points == 1700);

    const auto cut = map("truncate", content);
    CHECK(cut.pieces.empty());
    CHECK(cut.truncated == 1);
    CHECK(cut.code_points == 1600);
    CHECK(cut.segments == 11);
    CHECK(cut.warnings.size() == 1);

    CHECK(map("reject", content).code == "CONTENT_TOO_LONG");

    const auto replaced = map("truncate", "“Hi” 🛎…");
    CHECK(replaced.replacements ==
          std::vector<std::pair<std::string, std::string>>{{"“", "\""}, {"”", "\""}, {"…", "..."}});
    CHECK(replaced.code_points == 7);
}

TEST_CASE("Health tells of credentials that Twilio refuses") {
    Instance instance;
    const auto* health = static_cast<const jackgw_health*>(
        jackgw_plugin_entry.get_extension(instance.plugin, plugin::str(JACKGW_EXT_HEALTH)));
    REQUIRE(health != nullptr);
    CHECK(jackgw_plugin_entry.get_extension(instance.plugin, plugin::str("jackgw.other/1")) == nullptr);
    CHECK(health->check(instance.plugin, {}) == JACKGW_OK);

    instance.host.http_answer = {
        JACKGW_OK, JACKGW_HTTP_WRITTEN, 401, {}, R"({"code":20003,"message":"Authenticate","status":401})"};
    const jackgw_outgoing message{};
    jackgw_outcome_target target;
    const jackgw_outcome_sink sink{
        &target, [](jackgw_outcome_target* to, const jackgw_outcome* outcome) { to->kind = outcome->kind; }};
    CHECK(instance.host.sender->send(instance.plugin, &message, sink, {}) == JACKGW_OK);
    CHECK(target.kind == JACKGW_OUTCOME_MISCONFIGURED);
    plugin::TextSink reason;
    CHECK(health->check(instance.plugin, reason.sink()) == JACKGW_E_FAILED);
    CHECK(reason.text().find("20003") != std::string::npos);
}

namespace {

const jackgw_media_access& media_of(const Instance& instance) {
    const auto* media = static_cast<const jackgw_media_access*>(
        jackgw_plugin_entry.get_extension(instance.plugin, plugin::str(JACKGW_EXT_MEDIA)));
    REQUIRE(media != nullptr);
    return *media;
}

}  // namespace

TEST_CASE("Media to be sent are asked about only where the option says so") {
    const bool wanted = GENERATE(false, true);
    Instance instance({plugin::pair("account_sid", account), plugin::pair("auth_token", sms::test::token),
                       plugin::pair("phone_number", hotel),
                       plugin::pair("check_media", wanted ? "true" : "false")});
    REQUIRE(instance.status == JACKGW_OK);
    instance.host.http_answer.status = 404;
    const std::array urls{plugin::str("https://hotel.example/map.png")};
    jackgw_problem_target target;
    const jackgw_problem_sink sink{&target, [](jackgw_problem_target* to, const jackgw_problem* problem) {
                                       to->field = view(problem->field);
                                       to->code = view(problem->code);
                                       ++to->count;
                                   }};
    CHECK(media_of(instance).check(instance.plugin, plugin::strs(urls), sink, {}) == JACKGW_OK);
    CHECK(instance.host.requests.size() == (wanted ? 1 : 0));
    CHECK(target.count == (wanted ? 1 : 0));
    CHECK(target.code == (wanted ? "MEDIA_UNREACHABLE" : ""));
    CHECK(target.field == (wanted ? "mediaUrls" : ""));
}

TEST_CASE("A guest's medium is fetched for the account that the message came to") {
    Instance instance;
    instance.host.http_answer = {.status = 200, .headers = {{"Content-Type", "image/png"}}, .body = "bytes"};
    jackgw_media_target target;
    const jackgw_media_sink sink{&target,
                                 [](jackgw_media_target* to, const jackgw_media_head* head) {
                                     to->type = view(head->content_type);
                                     return 1;
                                 },
                                 [](jackgw_media_target* to, jackgw_str piece) {
                                     to->body += view(piece);
                                     return 1;
                                 }};
    std::array raw{plugin::pair("AccountSid", account)};
    jackgw_media_request request{};
    request.struct_size = sizeof request;
    request.url = plugin::str("https://api.twilio.com/2010-04-01/Media/ME1?secret");
    request.provider_message_id = plugin::str("MM1");
    request.raw = plugin::pairs(raw);
    request.max_bytes = 1000;
    request.timeout_ms = 1000;
    CHECK(media_of(instance).fetch(instance.plugin, &request, sink, {}) == JACKGW_OK);
    CHECK(target.type == "image/png");
    CHECK(target.body == "bytes");
    CHECK(instance.host.lines.empty());

    raw[0] = plugin::pair("AccountSid", "AC99999999999999999999999999999999");
    plugin::TextSink error;
    CHECK(media_of(instance).fetch(instance.plugin, &request, sink, error.sink()) == JACKGW_E_FAILED);
    CHECK(instance.host.requests.size() == 1);
    REQUIRE(instance.host.lines.size() == 1);
    CHECK(instance.host.lines[0].find("medium 0 of message MM1 could not be fetched") != std::string::npos);
    CHECK(instance.host.lines[0].find("secret") == std::string::npos);
}
