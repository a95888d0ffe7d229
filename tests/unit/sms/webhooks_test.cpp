#include "sms/webhooks/webhooks.h"

#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using sms::test::account;
using sms::test::guest;
using sms::test::hotel;
using sms::test::service;

namespace {

const std::string twiml = R"(<?xml version="1.0" encoding="UTF-8"?><Response></Response>)";

/// Calls the webhooks as Twilio would, signed unless told otherwise.
struct Caller {
    explicit Caller(Options given = sms::test::options())
        : webhooks(given, plugin::Conversations(host.view()), plugin::Log(host.view()), faults) {}

    using Route = plugin::Response (Webhooks::*)(const jackgw_request&) const;

    plugin::Response call(Route route, std::string_view path, const Parameters& form) {
        const std::string query = path.find('?') == std::string_view::npos
                                      ? std::string{}
                                      : std::string(path.substr(path.find('?') + 1));
        const std::string url = sms::test::public_url + std::string(path);
        const std::string body = get ? std::string{} : encode_form(form);
        const std::string signed_as = signed_url.empty() ? url : signed_url;
        const std::string signature = compute_signature(key, signed_as, get ? Parameters{} : form);
        std::vector<jackgw_pair> headers{plugin::pair("content-type", content_type),
                                         plugin::pair("i-twilio-idempotency-token", idempotency_token)};
        if (send_signature) headers.push_back(plugin::pair("x-twilio-signature", signature));
        jackgw_request request{};
        request.struct_size = sizeof request;
        request.method = get ? JACKGW_METHOD_GET : JACKGW_METHOD_POST;
        request.query = plugin::str(query);
        request.url = plugin::str(url);
        request.headers = plugin::pairs(headers);
        request.body = plugin::str(body);
        request.received_at = 1'795'365'494'123'456;
        return (webhooks.*route)(request);
    }

    plugin::Response message(const Parameters& form) {
        return call(&Webhooks::inbound, "/webhooks/twilio/sms", form);
    }
    plugin::Response status(const Parameters& form, const std::string& query = "?attempt=a1") {
        return call(&Webhooks::status, "/webhooks/twilio/status" + query, form);
    }
    plugin::Response opt_out(const Parameters& form) {
        return call(&Webhooks::opt_out, "/webhooks/twilio/optout", form);
    }

    bool nothing_happened() const {
        return host.received.empty() && host.updates.empty() && host.consents.empty();
    }

    jackgw_host host;
    Faults faults;
    Webhooks webhooks;
    bool get = false;
    bool send_signature = true;
    std::string key = sms::test::token;
    std::string signed_url;
    std::string content_type = "application/x-www-form-urlencoded";
    std::string idempotency_token;
};

Parameters text(const std::string& body) {
    return {{"MessageSid", "SM1"}, {"AccountSid", account}, {"From", guest},
            {"To", hotel},         {"Body", body},          {"NumMedia", "0"},
            {"NumSegments", "1"},  {"FromCity", ""},        {"SmsStatus", "received"}};
}

Parameters report(const std::string& word, const std::string& error = {}) {
    Parameters form{{"MessageSid", "SM1"},
                    {"AccountSid", account},
                    {"MessageStatus", word},
                    {"From", hotel},
                    {"To", guest}};
    if (!error.empty()) form.push_back({"ErrorCode", error});
    return form;
}

}  // namespace

TEST_CASE("A guest's text is stored and answered with empty TwiML, to the letter") {
    Caller caller;
    const auto response = caller.message(text("Is there a late check-out? 🛎"));
    CHECK(response.status == 200);
    CHECK(response.content_type == "text/xml");
    CHECK(response.body == twiml);
    REQUIRE(caller.host.received.size() == 1);
    const auto& message = caller.host.received[0];
    CHECK(message.id == "SM1");
    CHECK(message.from == guest);
    CHECK(message.to == hotel);
    CHECK(message.content == "Is there a late check-out? 🛎");
    CHECK(message.encoding == "UCS-2");
    CHECK(message.segments == 1);
    CHECK(message.status == "received");
    CHECK(message.media.empty());
    CHECK_FALSE(message.consent);
    CHECK(message.received_at == 1'795'365'494'123'456);
    CHECK(message.raw.size() == 9);
    CHECK(message.raw[7] == std::pair<std::string, std::string>{"FromCity", ""});
}

TEST_CASE("A GET brings its parameters in the URL") {
    Caller caller;
    caller.get = true;
    const auto response =
        caller.call(&Webhooks::inbound, "/webhooks/twilio/sms?" + encode_form(text("hello there")), {});
    CHECK(response.status == 200);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.received[0].content == "hello there");
    CHECK(caller.host.received[0].raw.size() == 9);
}

TEST_CASE("A wrong or missing signature is 403 with an empty body before any effect, on every route") {
    Caller caller;
    const bool missing = GENERATE(true, false);
    if (missing) {
        caller.send_signature = false;
    } else {
        caller.key = "another token";
    }
    for (const auto& response : {caller.message(text("STOP")), caller.status(report("delivered")),
                                 caller.opt_out({{"From", guest}, {"To", hotel}, {"OptOutType", "STOP"}})}) {
        CHECK(response.status == 403);
        CHECK(response.body.empty());
        CHECK(response.content_type.empty());
    }
    CHECK(caller.nothing_happened());
    REQUIRE(caller.host.lines.size() == 3);
    CHECK(caller.host.lines[0].find("https://api.example.com/webhooks/twilio/sms ") != std::string::npos);
}

TEST_CASE("A signed request of another account is refused") {
    Caller caller;
    Parameters form = text("hello");
    form[1].value = "AC" + std::string(32, '9');
    CHECK(caller.message(form).status == 403);
    CHECK(caller.nothing_happened());
}

TEST_CASE("Without a message or a sender it is 400, and never a plain body") {
    Caller caller;
    const auto form = GENERATE(values<Parameters>({
        {},
        {{"MessageSid", "SM1"}, {"Body", "x"}},
        {{"From", guest}, {"Body", "x"}},
        {{"MessageSid", ""}, {"From", guest}},
        {{"MessageSid", "SM1"}, {"From", ""}},
    }));
    const auto response = caller.message(form);
    CHECK(response.status == 400);
    CHECK(response.body.empty());
    CHECK(caller.nothing_happened());
}

TEST_CASE("A signed JSON body has no parameters") {
    Caller caller;
    caller.content_type = "application/json";
    const std::string hash = sha256_hex(encode_form({}));
    CHECK(caller.call(&Webhooks::inbound, "/webhooks/twilio/sms?bodySHA256=" + hash, {}).status == 400);
    CHECK(caller.call(&Webhooks::inbound, "/webhooks/twilio/sms", {}).status == 403);
}

TEST_CASE("The older names of the SID do, too") {
    const auto name = GENERATE("SmsSid", "SmsMessageSid");
    Caller caller;
    CHECK(caller.message({{name, "SM7"}, {"From", guest}, {"To", hotel}, {"Body", ""}}).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.received[0].id == "SM7");
    CHECK(caller.host.received[0].content.empty());
}

TEST_CASE("Media come in the order of their numbers") {
    Caller caller;
    Parameters form = text("look");
    for (int i = 10; i >= 0; --i) {
        form.push_back({"MediaUrl" + std::to_string(i), "https://media/" + std::to_string(i)});
        if (i != 3) form.push_back({"MediaContentType" + std::to_string(i), "image/jpeg"});
    }
    form.push_back({"MediaUrl", "not one"});
    form.push_back({"MediaUrlX", "not one"});
    form.push_back({"MediaContentType99", "without URL"});
    CHECK(caller.message(form).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    const auto& media = caller.host.received[0].media;
    REQUIRE(media.size() == 11);
    CHECK(media[2].first == "https://media/2");
    CHECK(media[2].second == "image/jpeg");
    CHECK(media[3].second.empty());
    CHECK(media[10].first == "https://media/10");
}

TEST_CASE("A medium without a URL is left out, and those behind it move up with their types") {
    Caller caller;
    Parameters form = text("look");
    form.push_back({"NumMedia", "4"});
    form.push_back({"MediaUrl0", "https://media/0"});
    form.push_back({"MediaContentType0", "image/png"});
    form.push_back({"MediaContentType1", "image/gif"});  // without URL
    form.push_back({"MediaUrl2", ""});
    form.push_back({"MediaContentType2", "video/mp4"});
    form.push_back({"MediaUrl3", "https://media/3"});
    form.push_back({"MediaContentType3", "image/jpeg"});
    CHECK(caller.message(form).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    const auto& media = caller.host.received[0].media;
    REQUIRE(media.size() == 2);
    CHECK(media[0] == std::pair<std::string, std::string>{"https://media/0", "image/png"});
    CHECK(media[1] == std::pair<std::string, std::string>{"https://media/3", "image/jpeg"});
}

TEST_CASE("Segments are Twilio's, or counted where it doesn't say") {
    Caller caller;
    Parameters form{{"MessageSid", "SM1"}, {"From", guest}, {"Body", std::string(161, 'x')}};
    caller.message(form);
    form.push_back({"NumSegments", "7"});
    caller.message(form);
    form.back().value = "many";
    caller.message(form);
    REQUIRE(caller.host.received.size() == 3);
    CHECK(caller.host.received[0].segments == 2);
    CHECK(caller.host.received[1].segments == 7);
    CHECK(caller.host.received[2].segments == 2);
}

TEST_CASE("A keyword is consent, in the one call with its message, for number and service") {
    Caller caller;
    Parameters form = text(" stop ");
    form.push_back({"MessagingServiceSid", service});
    CHECK(caller.message(form).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.consents.empty());
    const auto& message = caller.host.received[0];
    CHECK(message.content == " stop ");
    REQUIRE(message.consent);
    CHECK(message.consent->kind == JACKGW_CONSENT_OPT_OUT);
    CHECK(message.consent->address == guest);
    CHECK(message.consent->scopes == std::vector<std::string>{hotel, service});
    CHECK(message.consent->source == "keyword");
    CHECK(message.consent->keyword == "stop");
}

TEST_CASE("A consent always has a scope") {
    Caller caller;
    CHECK(caller.message({{"MessageSid", "SM1"}, {"From", guest}, {"Body", "STOP"}}).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.received[0].consent->scopes == std::vector<std::string>{hotel});
    CHECK(caller.host.received[0].to == hotel);
}

TEST_CASE("A guest of a service's pool is answered by the service, any other from where they wrote to") {
    const std::string lake = "+15557654321";
    const std::string pool = "+15550000009";
    Options given = sms::test::options();
    given.senders = Senders(account, hotel, service, {{lake, account}});
    const auto [to, by_service, reply] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {lake, "", ""},
        {lake, service, ""},
        {pool, service, service},
        {pool, "", ""},
        {hotel, "", service},
    }));
    CAPTURE(to, by_service);
    Caller caller(given);
    Parameters form = text("hello");
    form[3].value = to;
    if (!by_service.empty()) form.push_back({"MessagingServiceSid", by_service});
    CHECK(caller.message(form).status == 200);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.received[0].to == to);
    CHECK(caller.host.received[0].reply_from == reply);
}

TEST_CASE("The tokens of each account, both of them, are accepted for it on every route") {
    const std::string other = "AC" + std::string(32, '9');
    Options given = sms::test::options();
    given.accounts = Accounts(sms::test::own_account(), {{other, "other token", "its second", "", "", ""}});
    Caller caller(given);
    const auto call_all = [&](const std::string& sid) {
        Parameters message = text("hello");
        message[1].value = sid;
        Parameters status = report("delivered");
        status[1].value = sid;
        const Parameters opt_out{{"AccountSid", sid}, {"From", guest}, {"To", hotel}, {"OptOutType", "STOP"}};
        return std::vector<int>{caller.message(message).status, caller.status(status).status,
                                caller.opt_out(opt_out).status};
    };
    for (const char* key : {"other token", "its second"}) {
        caller.key = key;
        CHECK(call_all(other) == std::vector<int>{200, 200, 200});
        CHECK(call_all(account) == std::vector<int>{403, 403, 403});
    }
    caller.key = sms::test::token;
    CHECK(call_all(other) == std::vector<int>{403, 403, 403});
    CHECK(call_all(account) == std::vector<int>{200, 200, 200});
    CHECK(caller.host.received.size() == 3);
    CHECK(caller.host.updates.size() == 3);
    CHECK(caller.host.consents.size() == 3);
}

TEST_CASE("While nothing can be stored Twilio is told to come again") {
    const auto [answer, status] = GENERATE(table<jackgw_status, int>({
        {JACKGW_E_UNAVAILABLE, 503},
        {JACKGW_E_FAILED, 500},
    }));
    Caller caller;
    caller.host.report_status = answer;
    for (const auto& response : {caller.message(text("hello")), caller.status(report("sent")),
                                 caller.opt_out({{"From", guest}, {"To", hotel}, {"OptOutType", "STOP"}})}) {
        CHECK(response.status == status);
        CHECK(response.body.empty());
    }
    CHECK(caller.host.lines[0].find("the store is busy") != std::string::npos);
    CHECK(caller.host.lines[0].find("hello") == std::string::npos);
}

TEST_CASE("Status words become delivery states") {
    const auto [word, delivery] = GENERATE(table<const char*, int32_t>({
        {"accepted", JACKGW_DELIVERY_PENDING},
        {"scheduled", JACKGW_DELIVERY_PENDING},
        {"queued", JACKGW_DELIVERY_PENDING},
        {"sending", JACKGW_DELIVERY_SENDING},
        {"sent", JACKGW_DELIVERY_SENT},
        {"delivered", JACKGW_DELIVERY_DELIVERED},
        {"undelivered", JACKGW_DELIVERY_FAILED},
        {"failed", JACKGW_DELIVERY_FAILED},
        {"canceled", JACKGW_DELIVERY_CANCELED},
        {"read", JACKGW_DELIVERY_READ},
        {"partially_delivered", JACKGW_DELIVERY_UNCHANGED},
        {"brand_new", JACKGW_DELIVERY_UNCHANGED},
    }));
    CAPTURE(word);
    Caller caller;
    const auto response = caller.status(report(word));
    CHECK(response.status == 200);
    CHECK(response.content_type == "text/xml");
    CHECK(response.body == twiml);
    REQUIRE(caller.host.updates.size() == 1);
    const auto& update = caller.host.updates[0];
    CHECK(update.delivery == delivery);
    CHECK(update.word == word);
    CHECK(update.id == "SM1");
    CHECK(update.attempt == "a1");
    CHECK(update.raw.size() == 5);
}

TEST_CASE("A failure is reported with our name, Twilio's code and words") {
    struct Row {
        std::string word, code;
        std::string name;
        int32_t number;
        uint32_t flags;
    };
    const auto row = GENERATE(values<Row>({
        {"undelivered", "30003", "UNREACHABLE", 30003, JACKGW_FAILURE_RETRYABLE},
        {"undelivered", "30005", "UNKNOWN_DESTINATION", 30005, 0},
        {"failed", "21610", "UNSUBSCRIBED", 21610, JACKGW_FAILURE_OPTED_OUT},
        {"failed", "39999", "SEND_FAILED", 39999, 0},
        {"failed", "", "UNKNOWN", 0, 0},
        {"failed", "nonsense", "UNKNOWN", 0, 0},
        {"delivered", "", "", 0, 0},
    }));
    Caller caller;
    CHECK(caller.status(report(row.word, row.code)).status == 200);
    REQUIRE(caller.host.updates.size() == 1);
    CHECK(caller.host.updates[0].error_code == row.name);
    CHECK(caller.host.updates[0].provider_error_code == row.number);
    CHECK(caller.host.updates[0].flags == row.flags);
    CHECK(caller.host.updates[0].error_message.empty() == row.name.empty());
}

TEST_CASE("Only what surely wasn't delivered may be sent again, and only where the option says so") {
    struct Row {
        const char* word;
        const char* code;
        uint32_t option;
        uint32_t limit;
    };
    const auto row = GENERATE(values<Row>({
        {"undelivered", "30003", 0, 0},
        {"undelivered", "30003", 2, 2},
        {"failed", "30003", 2, 2},
        {"sent", "30003", 2, 0},
        {"undelivered", "30005", 2, 0},
        {"undelivered", "30008", 2, 0},
        {"undelivered", "30001", 2, 0},
        {"failed", "", 2, 0},
        {"delivered", "", 2, 0},
    }));
    CAPTURE(row.word, row.code, row.option);
    Options given = sms::test::options();
    given.resending = {row.option, 60'000};
    Caller caller(given);
    CHECK(caller.status(report(row.word, row.code)).status == 200);
    REQUIRE(caller.host.updates.size() == 1);
    CHECK(caller.host.updates[0].resend_limit == row.limit);
    if (row.limit > 0) CHECK(caller.host.updates[0].resend_after_ms == 60'000);
}

TEST_CASE("A failure is logged once, with what to do") {
    Caller caller;
    caller.host.status_result = JACKGW_STATUS_APPLIED;
    CHECK(caller.status(report("undelivered", "30005")).status == 200);
    REQUIRE(caller.host.lines.size() == 1);
    CHECK_THAT(caller.host.lines[0], Catch::Contains("SM1") && Catch::Contains("30005") &&
                                         Catch::Contains("Check the number with the guest."));
    caller.host.status_result = JACKGW_STATUS_DUPLICATE;
    CHECK(caller.status(report("undelivered", "30005")).status == 200);
    caller.host.status_result = JACKGW_STATUS_APPLIED;
    CHECK(caller.status(report("delivered")).status == 200);
    CHECK(caller.host.lines.size() == 1);
}

TEST_CASE("A failure that an operator has to mend is a fault until a message gets through") {
    Caller caller;
    caller.host.status_result = JACKGW_STATUS_APPLIED;
    caller.status(report("undelivered", "30005"));
    CHECK(caller.faults.text().empty());
    caller.status(report("undelivered", "30034"));
    CHECK_THAT(caller.faults.text(), Catch::Contains("30034"));
    caller.status(report("sent"));
    caller.status(report("undelivered", "30005"));
    CHECK_FALSE(caller.faults.text().empty());
    caller.host.status_result = JACKGW_STATUS_DUPLICATE;
    caller.status(report("delivered"));
    CHECK_FALSE(caller.faults.text().empty());
    caller.host.status_result = JACKGW_STATUS_APPLIED;
    caller.status(report("delivered"));
    CHECK(caller.faults.text().empty());
}

TEST_CASE("A reported fault of the account ends with any of its senders, one of a guest is none") {
    Caller caller;
    caller.host.status_result = JACKGW_STATUS_APPLIED;
    for (const char* code : {"21408", "21606", "21610", "21622", "29999"}) {
        caller.status(report("failed", code));
        CHECK(caller.faults.text().empty());
    }
    caller.status(report("failed", "30002"));
    CHECK_THAT(caller.faults.text(), Catch::StartsWith("account " + account + ": "));
    Parameters by_another = report("delivered");
    by_another[3].value = "+15550000007";
    caller.status(by_another);
    CHECK(caller.faults.text().empty());
}

TEST_CASE("Faults are kept by whom they concern, the latest of each, the widest first") {
    using enum FaultScope;
    Faults faults;
    faults.note(sender, "A", "A: first");
    faults.note(sender, "B", "B: other");
    faults.note(account, "A", "account A: odd");
    faults.note(sender, "A", "A: second");
    faults.note(channel, {}, "all");
    CHECK(faults.text() == "all; account A: odd; A: second; B: other");
    faults.clear(channel, {});
    faults.clear(sender, "A");
    faults.clear(sender, "C");
    faults.clear(account, "B");
    CHECK(faults.text() == "account A: odd; B: other");
}

TEST_CASE("21610 in a report is an opt-out of number and service, both where both are known") {
    const std::string pool = "+15550000009";
    const std::string other_service = "MG" + std::string(32, '9');
    struct Row {
        std::string from, by_service, error;
        std::vector<std::string> scopes;
    };
    const auto row = GENERATE_REF(values<Row>({
        {hotel, "", "21610", {hotel}},
        {pool, service, "21610", {pool, service, hotel}},
        {pool, other_service, "21610", {pool, other_service}},
        {"", service, "21610", {service, hotel}},
        {"", "", "21610", {}},
        {pool, service, "30003", {}},
        {pool, service, "", {}},
    }));
    CAPTURE(row.from, row.by_service, row.error);
    Options given = sms::test::options();
    given.senders = Senders(account, hotel, service);
    Caller caller(given);
    Parameters form = report(row.error.empty() ? "delivered" : "failed", row.error);
    form[3].value = row.from;
    if (!row.by_service.empty()) form.push_back({"MessagingServiceSid", row.by_service});
    CHECK(caller.status(form).status == 200);
    REQUIRE(caller.host.updates.size() == 1);
    CHECK(caller.host.updates[0].opt_out_scopes == row.scopes);
}

TEST_CASE("A status report without message or word is 400") {
    Caller caller;
    CHECK(caller.status({{"MessageStatus", "sent"}}).status == 400);
    CHECK(caller.status({{"MessageSid", "SM1"}}).status == 400);
    CHECK(caller.nothing_happened());
    CHECK(caller.status({{"SmsSid", "SM1"}, {"SmsStatus", "sent"}}, "").status == 200);
    REQUIRE(caller.host.updates.size() == 1);
    CHECK(caller.host.updates[0].attempt.empty());
}

TEST_CASE("A status callback may come by another public name, which is what was signed") {
    Options given = sms::test::options();
    given.status_callback_url = "https://hooks.example.org/jack?site=1#rc=3";
    Caller caller(given);
    caller.signed_url = "https://hooks.example.org/jack?site=1&attempt=a1";
    CHECK(caller.status(report("sent")).status == 200);
    caller.signed_url = "https://hooks.example.org/jack?site=1&attempt=a2";
    CHECK(caller.status(report("sent")).status == 403);
}

TEST_CASE("A status callback by another name is no message and no opt-out at the other routes") {
    Options given = sms::test::options();
    given.status_callback_url = "https://hooks.example.org/jack";
    Caller caller(given);
    for (const std::string query : {"", "?attempt=a1"}) {
        caller.signed_url = given.status_callback_url + query;
        Parameters form = report("failed", "30003");
        form.push_back({"OptOutType", "STOP"});
        CHECK(caller.call(&Webhooks::inbound, "/webhooks/twilio/sms" + query, form).status == 403);
        CHECK(caller.call(&Webhooks::opt_out, "/webhooks/twilio/optout" + query, form).status == 403);
    }
    CHECK(caller.nothing_happened());
}

TEST_CASE("An opt-out without a message is recorded, repetitions by the key of the first") {
    struct Row {
        std::string type;
        std::string sid;
        std::string idempotency;
        int32_t kind;
        std::string key;
    };
    const auto row = GENERATE(values<Row>({
        {"STOP", "SM1", "", JACKGW_CONSENT_OPT_OUT, "optout:SM1:1"},
        {"START", "SM1", "i1", JACKGW_CONSENT_OPT_IN, "optout:SM1:2"},
        {"HELP", "", "i1", JACKGW_CONSENT_HELP, "optout:i1:3"},
        {"STOP", "", "", JACKGW_CONSENT_OPT_OUT, ""},
    }));
    Caller caller;
    caller.idempotency_token = row.idempotency;
    const auto response = caller.opt_out({{"MessageSid", row.sid},
                                          {"From", guest},
                                          {"To", hotel},
                                          {"MessagingServiceSid", service},
                                          {"OptOutType", row.type}});
    CHECK(response.status == 200);
    CHECK(response.body == twiml);
    REQUIRE(caller.host.consents.size() == 1);
    const auto& consent = caller.host.consents[0];
    CHECK(consent.kind == row.kind);
    CHECK(consent.address == guest);
    CHECK(consent.scopes == std::vector<std::string>{hotel, service});
    CHECK(consent.source == "provider");
    CHECK(consent.keyword == row.type);
    CHECK(consent.dedup_key == row.key);
}

TEST_CASE("An opt-out that names nobody or nothing is 400") {
    Caller caller;
    CHECK(caller.opt_out({{"To", hotel}, {"OptOutType", "STOP"}}).status == 400);
    CHECK(caller.opt_out({{"From", guest}, {"To", hotel}}).status == 400);
    CHECK(caller.opt_out({{"From", guest}, {"To", hotel}, {"Body", "hello"}}).status == 400);
    CHECK(caller.nothing_happened());
    CHECK(caller.opt_out({{"From", guest}, {"To", hotel}, {"Body", "Stop"}}).status == 200);
}

TEST_CASE("An opt-out holds for all that it names, else for the channel's default sender") {
    const std::string lake = "+15557654321";
    const std::string other_service = "MG" + std::string(32, '9');
    struct Row {
        Senders senders;
        std::string to, by_service;
        std::vector<std::string> scopes;
    };
    const auto row = GENERATE_REF(values<Row>({
        {Senders(account, hotel, ""), "", "", {hotel}},
        {Senders(account, hotel, ""), lake, "", {lake}},
        {Senders(account, hotel, ""), lake, other_service, {lake, other_service}},
        {Senders(account, hotel, service), "", "", {service, hotel}},
        {Senders(account, hotel, service), "", service, {service, hotel}},
        {Senders(account, hotel, service), "", other_service, {other_service}},
        {Senders(account, hotel, service), hotel, service, {hotel, service}},
        {Senders(account, hotel, service), hotel, "", {hotel}},
    }));
    const auto [type, kind] = GENERATE(table<std::string, std::int32_t>({
        {"STOP", JACKGW_CONSENT_OPT_OUT},
        {"START", JACKGW_CONSENT_OPT_IN},
    }));
    CAPTURE(row.to, row.by_service, type);
    Options given = sms::test::options();
    given.senders = row.senders;
    Caller caller(given);
    Parameters form{{"From", guest}, {"OptOutType", type}};
    if (!row.to.empty()) form.push_back({"To", row.to});
    if (!row.by_service.empty()) form.push_back({"MessagingServiceSid", row.by_service});
    CHECK(caller.opt_out(form).status == 200);
    REQUIRE(caller.host.consents.size() == 1);
    CHECK(caller.host.consents[0].kind == kind);
    CHECK(caller.host.consents[0].scopes == row.scopes);

    // The same word in a text, where it is a keyword of the number that it came to.
    form.push_back({"MessageSid", "SM1"});
    form.push_back({"Body", type});
    CHECK(caller.message(form).body == twiml);
    REQUIRE(caller.host.received.size() == 1);
    REQUIRE(caller.host.received[0].consent);
    CHECK(caller.host.received[0].consent->kind == kind);
    CHECK(caller.host.received[0].consent->scopes == row.scopes);
}

TEST_CASE("A toll-free number acts upon fewer words, in a service too, and when it isn't named") {
    const std::string toll_free = "+18005551234";
    struct Row {
        std::string to, by_service, body, type;
        bool consent;
    };
    const auto row = GENERATE_REF(values<Row>({
        {toll_free, "", "STOP", "", true},
        {toll_free, "", "UNSTOP", "", true},
        {toll_free, "", "CANCEL", "", false},
        {toll_free, "", "YES", "", false},
        {toll_free, service, "STOP", "", true},
        {toll_free, service, "END", "", false},
        {toll_free, service, "CANCEL", "STOP", true},
        {hotel, service, "END", "", true},
        {"", "", "STOP", "", true},
        {"", "", "QUIT", "", false},
        {"", service, "QUIT", "", true},
    }));
    CAPTURE(row.to, row.by_service, row.body);
    Options given = sms::test::options();
    given.senders = Senders(account, toll_free, "");
    Caller caller(given);
    Parameters form{{"MessageSid", "SM1"}, {"From", guest}, {"Body", row.body}};
    if (!row.to.empty()) form.push_back({"To", row.to});
    if (!row.by_service.empty()) form.push_back({"MessagingServiceSid", row.by_service});
    if (!row.type.empty()) form.push_back({"OptOutType", row.type});
    CHECK(caller.opt_out(form).status == (row.consent ? 200 : 400));
    if (row.to.empty()) return;  // a text always names the number that it came to
    CHECK(caller.message(form).body == twiml);
    REQUIRE(caller.host.received.size() == 1);
    CHECK(caller.host.received[0].content == row.body);
    CHECK(caller.host.received[0].consent.has_value() == row.consent);
}
