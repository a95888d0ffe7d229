#include "sms/options.h"

#include <catch2/catch.hpp>
#include <regex>
#include <vector>

#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using plugin::pair;

namespace {

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
    }));
    CAPTURE(row.key, row.value);
    const std::regex pattern(std::string(plugin::view(option(row.key).pattern)));
    CHECK(std::regex_match(row.value, pattern) == row.right);
}

TEST_CASE("The token is a secret, and five options fall back on the environment") {
    CHECK((option("auth_token").flags & JACKGW_OPTION_SECRET) != 0);
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

TEST_CASE("A sender is needed: a number or a service, the service first") {
    CHECK_THROWS_WITH(read({}), Catch::Contains("phone_number") && Catch::Contains("messaging_service_sid"));
    CHECK(read({pair("phone_number", sms::test::hotel)}).default_sender() == sms::test::hotel);
    CHECK(read({pair("messaging_service_sid", sms::test::service)}).default_sender() == sms::test::service);
    CHECK(read({pair("phone_number", sms::test::hotel), pair("messaging_service_sid", sms::test::service)})
              .default_sender() == sms::test::service);
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
        CHECK(read(given).api_base_url == base);
    } else {
        CHECK_THROWS_WITH(read(given), Catch::Contains("in the clear"));
    }
}
