#include "sms/webhooks/opt_out.h"

#include <jackgw/ext/conversations.h>

#include <catch2/catch.hpp>

using namespace jackgw::sms;

TEST_CASE("A keyword is the whole body, in any case") {
    const auto [body, kind] = GENERATE(table<const char*, std::int32_t>({
        {"STOP", JACKGW_CONSENT_OPT_OUT},
        {"stop", JACKGW_CONSENT_OPT_OUT},
        {" Stop\n", JACKGW_CONSENT_OPT_OUT},
        {"StopAll", JACKGW_CONSENT_OPT_OUT},
        {"UNSUBSCRIBE", JACKGW_CONSENT_OPT_OUT},
        {"cancel", JACKGW_CONSENT_OPT_OUT},
        {"End", JACKGW_CONSENT_OPT_OUT},
        {"quit", JACKGW_CONSENT_OPT_OUT},
        {"OPTOUT", JACKGW_CONSENT_OPT_OUT},
        {"revoke", JACKGW_CONSENT_OPT_OUT},
        {"START", JACKGW_CONSENT_OPT_IN},
        {"yes", JACKGW_CONSENT_OPT_IN},
        {"unstop", JACKGW_CONSENT_OPT_IN},
        {"help", JACKGW_CONSENT_HELP},
        {"Info", JACKGW_CONSENT_HELP},
    }));
    CAPTURE(body);
    const auto keyword = read_keyword(body, "", "+15551234567");
    REQUIRE(keyword);
    CHECK(keyword->kind == kind);
    CHECK(keyword->ambiguous == (std::string_view(body) == "yes"));
}

TEST_CASE("Anything else is a message") {
    const auto body = GENERATE("", " ", "STOP PLEASE", "STOP.", "please stop", "STOPP", "S T O P", "yes!",
                               "\xef\xbc\xb3\xef\xbc\xb4\xef\xbc\xaf\xef\xbc\xb0" /* full-width STOP */);
    CAPTURE(body);
    CHECK_FALSE(read_keyword(body, "", "+15551234567"));
    CHECK_FALSE(read_keyword(body, "NEWS", "+15551234567"));
}

TEST_CASE("OptOutType decides where it is present") {
    struct Row {
        std::string body;
        std::string type;
        Keyword keyword;
    };
    const auto row = GENERATE(values<Row>({
        {"STOP", "HELP", {JACKGW_CONSENT_HELP, "STOP"}},
        {"YES", "START", {JACKGW_CONSENT_OPT_IN, "YES", true}},
        {"yes, start", "START", {JACKGW_CONSENT_OPT_IN, "yes, start"}},
        {"arret", "STOP", {JACKGW_CONSENT_OPT_OUT, "arret"}},
        {"stop it now", "STOP", {JACKGW_CONSENT_OPT_OUT, "stop it now"}},
        {"", "START", {JACKGW_CONSENT_OPT_IN, "START"}},
        {std::string(65, 'x'), "STOP", {JACKGW_CONSENT_OPT_OUT, "STOP"}},
        {"x", "stop", {JACKGW_CONSENT_OPT_OUT, "x"}},
    }));
    CAPTURE(row.body, row.type);
    CHECK(read_keyword(row.body, row.type, "+15551234567") == row.keyword);
}

TEST_CASE("Toll-free numbers act upon STOP, START, UNSTOP and the calls for help only") {
    for (const char* body : {"STOP", "start", "UNSTOP", "HELP", "INFO"})
        CHECK(read_keyword(body, "", "+18885551234"));
    for (const char* body : {"CANCEL", "END", "YES", "QUIT", "STOPALL"}) {
        CHECK_FALSE(read_keyword(body, "", "+18885551234"));
    }
    CHECK(read_keyword("CANCEL", "STOP", "+18885551234"));
    CHECK_FALSE(is_toll_free("+18995551234"));
    CHECK_FALSE(is_toll_free("+1888555123"));
    CHECK_FALSE(is_toll_free("18885551234"));
}
