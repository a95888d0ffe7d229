#include "sms/options.h"

#include <catch2/catch.hpp>
#include <regex>
#include <vector>

#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using plugin::pair;

namespace {

const std::string other_account = "AC" + std::string(32, '9');

const jackgw_option& option(std::string_view key) {
    for (const jackgw_option& candidate : option_table) {
        if (plugin::view(candidate.key) == key) return candidate;
    }
    throw std::runtime_error("no such option");
}

Options read(std::vector<jackgw_pair> given) {
    given.insert(given.begin(),
                 {pair("account_sid", sms::test::account), pair("auth_token", sms::test::token)});
    return read_options(plugin::pairs(given));
}

}  // namespace

TEST_CASE("Patterns take what is right and nothing else") {
    struct Row {
        const char* key;
        std::string value;
        bool right;
    };
    const std::string hex32(32, 'f');
    const auto row = GENERATE_REF(values<Row>({
        {"account_sid", "AC" + hex32, true},
        {"account_sid", "AC" + std::string(32, 'F'), true},
        {"account_sid", "ac" + hex32, false},
        {"account_sid", "AC" + std::string(31, 'f'), false},
        {"account_sid", "AC" + std::string(32, 'g'), false},
        {"auth_token", hex32, true},
        {"auth_token", hex32 + "f", false},
        {"auth_token", std::string(31, 'f'), false},
        {"phone_number", "+15551234567", true},
        {"phone_number", "+12", true},
        {"phone_number", "+1", false},
        {"phone_number", "+0123456", false},
        {"phone_number", "15551234567", false},
        {"phone_number", "+1234567890123456", false},
        {"phone_number", "+1 555", false},
        {"messaging_service_sid", "MG" + hex32, true},
        {"default_region", "DE", true},
        {"default_region", "de", true},
        {"default_region", "", true},
        {"default_region", "DEU", false},
        {"messaging_service_sid", "AC" + hex32, false},
        {"long_text", "truncate", true},
        {"long_text", "split", true},
        {"long_text", "reject", true},
        {"long_text", "Split", false},
        {"long_text", "", false},
        {"auth_token_secondary", hex32, true},
        {"auth_token_secondary", "short", false},
        {"api_key_sid", "SK" + hex32, true},
        {"api_key_sid", "AC" + hex32, false},
        {"region", "us1", true},
        {"region", "ie1.example.com/", false},
        {"edge", "dublin", true},
        {"edge", "sao-paulo", true},
        {"edge", "dublin.", false},
        {"edge", "evil.example.com/?", false},
        {"accounts[].account_sid", "AC" + hex32, true},
        {"accounts[].auth_token", std::string(31, 'f'), false},
        {"accounts[].api_key_sid", "SK" + hex32, true},
        {"senders[].account_sid", "MG" + hex32, false},
    }));
    CAPTURE(row.key, row.value);
    const std::regex pattern(std::string(plugin::view(option(row.key).pattern)));
    CHECK(std::regex_match(row.value, pattern) == row.right);
}

TEST_CASE("The pattern of senders takes what can be one") {
    const auto text = GENERATE("+15551234567", "+12", "333", "12345678", "MG0123456789abcdef0123456789abcdef",
                               "Lakeside", "A", "24-7 B&B_In", "1st+2nd", "MG0123", "", "12", "123456789",
                               "+1", "+0123456", "+1555O", " Lakeside", "Lakeside ", "H\xc3\xb4tel", "- & _",
                               "24-7 B&B_Inn", "MG0123456789abcdef0123456789abcdeg");
    CAPTURE(text);
    const std::regex pattern(std::string(plugin::view(option("senders[].sender").pattern)));
    CHECK(std::regex_match(text, pattern) == sender_kind(text).has_value());
}

TEST_CASE("The token is a secret, and five options fall back on the environment") {
    for (const char* key : {"auth_token", "auth_token_secondary", "api_key_secret", "accounts[].auth_token",
                            "accounts[].auth_token_secondary", "accounts[].api_key_secret"})
        CHECK((option(key).flags & JACKGW_OPTION_SECRET) != 0);
    for (const char* key : {"account_sid", "auth_token"})
        CHECK((option(key).flags & JACKGW_OPTION_REQUIRED) != 0);
    const auto [key, variable] = GENERATE(table<const char*, const char*>({
        {"account_sid", "TWILIO_ACCOUNT_SID"},
        {"auth_token", "TWILIO_AUTH_TOKEN"},
        {"phone_number", "TWILIO_PHONE_NUMBER"},
        {"messaging_service_sid", "TWILIO_MESSAGING_SERVICE_SID"},
        {"status_callback_url", "TWILIO_STATUS_CALLBACK_URL"},
        {"api_base_url", ""},
    }));
    CHECK(plugin::view(option(key).env) == variable);
}

TEST_CASE("Long texts are cut and none is encoded smartly unless the operator says so") {
    const auto number = pair("phone_number", sms::test::hotel);
    const TextRules usual = read({number}).text;
    CHECK(usual.long_text == LongText::truncate);
    CHECK_FALSE(usual.smart_encoding);
    CHECK(read({number, pair("long_text", "truncate")}).text.long_text == LongText::truncate);
    CHECK(read({number, pair("long_text", "split")}).text.long_text == LongText::split);
    CHECK(read({number, pair("long_text", "reject")}).text.long_text == LongText::reject);
    CHECK(read({number, pair("smart_encoding", "true")}).text.smart_encoding);
    CHECK_FALSE(read({number, pair("smart_encoding", "false")}).text.smart_encoding);
}

TEST_CASE("A sender is needed: a number or a service, the service first") {
    CHECK_THROWS_WITH(read({}), Catch::Contains("phone_number") && Catch::Contains("messaging_service_sid"));
    CHECK(read({pair("phone_number", sms::test::hotel)}).senders.default_sender() == sms::test::hotel);
    CHECK(read({pair("messaging_service_sid", sms::test::service)}).senders.default_sender() ==
          sms::test::service);
    CHECK(read({pair("phone_number", sms::test::hotel), pair("messaging_service_sid", sms::test::service)})
              .senders.default_sender() == sms::test::service);
}

TEST_CASE("Nothing is sent again by itself unless it is asked for") {
    CHECK(plugin::view(option("retry_undelivered").default_value) == "0");
    CHECK(read({pair("phone_number", sms::test::hotel), pair("retry_undelivered", "0"),
                pair("retry_undelivered_after_s", "600")})
              .resending == Resending{0, 600'000});
    CHECK(read({pair("phone_number", sms::test::hotel), pair("retry_undelivered", "3"),
                pair("retry_undelivered_after_s", "86400")})
              .resending == Resending{3, 86'400'000});
    CHECK(option("retry_undelivered").maximum == 3);
}

TEST_CASE("The default region is one that has a numbering plan") {
    const auto region = [](const char* value) {
        return read({pair("phone_number", sms::test::hotel), pair("default_region", value)}).default_region;
    };
    CHECK(region("de") == "DE");
    CHECK(region("").empty());
    CHECK_THROWS_WITH(region("UK"), Catch::Contains("default_region = \"UK\"") && Catch::Contains("GB"));
}

TEST_CASE("Without account or token there is no instance") {
    const std::vector<jackgw_pair> no_token{pair("account_sid", sms::test::account),
                                            pair("phone_number", sms::test::hotel)};
    CHECK_THROWS_WITH(read_options(plugin::pairs(no_token)), Catch::Contains("auth_token"));
    const std::vector<jackgw_pair> no_account{pair("auth_token", sms::test::token),
                                              pair("phone_number", sms::test::hotel)};
    CHECK_THROWS_WITH(read_options(plugin::pairs(no_account)), Catch::Contains("account_sid"));
}

TEST_CASE("The token is sent in the clear on loopback only") {
    const auto [url, base] = GENERATE(table<const char*, const char*>({
        {"https://api.twilio.com", "https://api.twilio.com"},
        {"https://api.dublin.ie1.twilio.com/", "https://api.dublin.ie1.twilio.com"},
        {"http://127.0.0.1:8089", "http://127.0.0.1:8089"},
        {"http://127.3.2.1/x/", "http://127.3.2.1/x"},
        {"http://localhost:1", "http://localhost:1"},
        {"http://[::1]:8089", "http://[::1]:8089"},
        {"", "https://api.twilio.com"},
        {"http://api.twilio.com", nullptr},
        {"http://127.example.com", nullptr},
        {"http://127.0.0.1.example.com", nullptr},
        {"http://localhost.example.com", nullptr},
        {"http://127.0.0.1@example.com", nullptr},
        {"http://10.0.0.1", nullptr},
    }));
    CAPTURE(url);
    const std::vector<jackgw_pair> given{pair("phone_number", sms::test::hotel), pair("api_base_url", url)};
    if (base != nullptr) {
        CHECK(read(given).accounts.own().base_url == base);
    } else {
        CHECK_THROWS_WITH(read(given), Catch::Contains("in the clear"));
    }
}

TEST_CASE("Requests go to the host of edge and region") {
    const auto [edge, region, base] = GENERATE(table<const char*, const char*, const char*>({
        {"", "", "https://api.twilio.com"},
        {"dublin", "ie1", "https://api.dublin.ie1.twilio.com"},
        {"ashburn", "", "https://api.ashburn.us1.twilio.com"},
    }));
    const Options options = read({pair("phone_number", sms::test::hotel), pair("edge", edge),
                                  pair("region", region), pair("accounts[0].account_sid", other_account),
                                  pair("accounts[0].auth_token", sms::test::token)});
    CHECK(options.accounts.own().base_url == base);
    CHECK(options.accounts.find(other_account)->base_url == "https://api.twilio.com");
}

TEST_CASE("Accounts and senders come in rows") {
    const Options options = read(
        {pair("auth_token_secondary", "second"), pair("api_key_sid", "SK1"), pair("api_key_secret", "s1"),
         pair("accounts[0].account_sid", other_account), pair("accounts[0].auth_token", "its token"),
         pair("accounts[0].auth_token_secondary", "its second"), pair("accounts[0].api_key_sid", "SK2"),
         pair("accounts[0].api_key_secret", "s2"), pair("accounts[0].edge", "sydney"),
         pair("accounts[0].region", "au1"), pair("senders[0].sender", sms::test::hotel),
         pair("senders[1].sender", "Lakeside"), pair("senders[1].account_sid", other_account)});
    CHECK(options.accounts.own().tokens() == std::vector<std::string>{sms::test::token, "second"});
    CHECK(options.accounts.own().api_key_sid == "SK1");
    CHECK(options.accounts.own().api_key_secret == "s1");
    const Account& other = *options.accounts.find(other_account);
    CHECK(other.tokens() == std::vector<std::string>{"its token", "its second"});
    CHECK(other.api_key_sid == "SK2");
    CHECK(other.api_key_secret == "s2");
    CHECK(other.base_url == "https://api.sydney.au1.twilio.com");
    CHECK(options.senders.default_sender() == sms::test::hotel);
    CHECK(&options.account_of(sms::test::hotel) == &options.accounts.own());
    CHECK(&options.account_of("Lakeside") == &other);
}

TEST_CASE("A base URL is every account's that has none of its own") {
    const Options options = read(
        {pair("phone_number", sms::test::hotel), pair("api_base_url", "http://127.0.0.1:8089/"),
         pair("accounts[0].account_sid", other_account), pair("accounts[0].auth_token", sms::test::token)});
    CHECK(options.accounts.find(other_account)->base_url == "http://127.0.0.1:8089");
    const Options apart = read(
        {pair("phone_number", sms::test::hotel), pair("api_base_url", "http://127.0.0.1:1"),
         pair("accounts[0].account_sid", other_account), pair("accounts[0].auth_token", sms::test::token),
         pair("accounts[0].api_base_url", "http://127.0.0.1:2")});
    CHECK(apart.accounts.own().base_url == "http://127.0.0.1:1");
    CHECK(apart.accounts.find(other_account)->base_url == "http://127.0.0.1:2");
}

TEST_CASE("Rows that don't fit together are refused in words") {
    struct Row {
        std::vector<jackgw_pair> given;
        std::string expected;
    };
    const jackgw_pair number = pair("phone_number", sms::test::hotel);
    const jackgw_pair account = pair("accounts[0].account_sid", other_account);
    const jackgw_pair token = pair("accounts[0].auth_token", sms::test::token);
    const auto row = GENERATE_REF(values<Row>({
        {{number, pair("api_key_sid", "SK1")},
         "account " + sms::test::account +
             ": api_key_sid is set without api_key_secret: set both or neither"},
        {{number, account, token, pair("accounts[0].api_base_url", "http://api.example.com")},
         "api_base_url = \"http://api.example.com\" would send secrets in the clear"},
        {{number, account, token, pair("accounts[0].api_key_secret", "s")},
         "account " + other_account + ": api_key_secret is set without api_key_sid: set both or neither"},
        {{number, pair("region", "ie1")}, "region = \"ie1\" is set without edge"},
        {{number, pair("edge", "dublin"), pair("api_base_url", "https://api.twilio.com")},
         "account " + sms::test::account +
             ": region and edge choose the host that api_base_url names already"},
        {{number, account, token, pair("accounts[0].edge", "dublin"),
          pair("api_base_url", "http://127.0.0.1")},
         "account " + other_account + ": region and edge choose"},
        {{number, pair("accounts[0].account_sid", sms::test::account), token},
         "account " + sms::test::account + " is configured twice"},
        {{number, account, token, pair("accounts[1].account_sid", other_account)},
         "account " + other_account + " is configured twice"},
        {{number, pair("senders[0].sender", sms::test::hotel)}, "sender +15551234567 is configured twice"},
        {{pair("senders[0].sender", "Lake"), pair("senders[1].sender", "Lake")},
         "sender Lake is configured twice"},
        {{pair("messaging_service_sid", sms::test::service), pair("senders[0].sender", sms::test::service)},
         "sender " + sms::test::service + " is configured twice"},
        {{pair("senders[0].sender", "Lake"), pair("senders[0].account_sid", other_account)},
         "sender Lake belongs to account " + other_account + ", which is not configured"},
    }));
    CHECK_THROWS_WITH(read(row.given), Catch::Contains(row.expected));
}

TEST_CASE("All that is wrong comes at once, without secrets") {
    const std::string secret = "key secret";
    try {
        read({pair("api_key_secret", secret), pair("region", "ie1")});
        FAIL("nothing was thrown");
    } catch (const plugin::Failure& failure) {
        const std::string text = failure.what();
        CHECK(failure.status() == JACKGW_E_INVALID_ARGUMENT);
        CHECK_THAT(text, Catch::Contains("api_key_sid") && Catch::Contains("without edge") &&
                             Catch::Contains("phone_number"));
        CHECK_THAT(text, !Catch::Contains(secret) && !Catch::Contains(sms::test::token));
    }
}
