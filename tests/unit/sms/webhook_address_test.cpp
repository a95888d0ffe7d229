#include "sms/self_test/webhook_address.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms::self_test;

TEST_CASE("Two URLs lead to one address by scheme, host and path") {
    const auto [url, same] = GENERATE(table<std::string, bool>({
        {"https://api.example.com/webhooks/twilio/sms", true},
        {"HTTPS://API.Example.COM/webhooks/twilio/sms", true},
        {"https://api.example.com:443/webhooks/twilio/sms", true},
        {"https://user:secret@api.example.com/webhooks/twilio/sms", true},
        {"https://api.example.com/webhooks/twilio/sms#rc=3&rp=all", true},
        {"https://api.example.com/webhooks/twilio/sms?hotel=1#rc=3", true},
        {"http://api.example.com/webhooks/twilio/sms", false},
        {"https://api.example.com:8443/webhooks/twilio/sms", false},
        {"https://api.example.org/webhooks/twilio/sms", false},
        {"https://api.example.com/webhooks/twilio/sms/", false},
        {"https://api.example.com/Webhooks/twilio/sms", false},
        {"https://api.example.com/webhooks/twilio/status", false},
        {"https://api.example.com", false},
        {"", false},
    }));
    CAPTURE(url);
    CHECK(same_address(url, "https://api.example.com/webhooks/twilio/sms") == same);
}

TEST_CASE("A URL is shown without what is secret in it") {
    CHECK(shown("https://user:secret@h.example/a?token=x#rc=3") == "https://h.example/a");
    CHECK(shown("http://h.example:80") == "http://h.example/");
    CHECK(shown("nonsense") == "nonsense");
}

TEST_CASE("Retries are asked for by the fragment") {
    const auto [fragment, asks] = GENERATE(table<std::string, bool>({
        {"", false},
        {"#", false},
        {"#rc=3&rp=all", true},
        {"#rp=all&rc=1", true},
        {"#rc=0&rp=all", false},
        {"#rp=all", false},
        {"#rc=3", false},  // connect time-outs alone
        {"#rc=3&rp=ct", false},
        {"#rc=3&rp=5xx", false},
        {"#rc=3&rp=5xx,rt", true},
        {"#rc=3&rp=ct,rt,5xx", true},
        {"#rc=3&rp=4xx,ct", false},
        {"#rc=three&rp=all", false},
    }));
    CAPTURE(fragment);
    CHECK(asks_for_retries("https://h.example/sms" + fragment) == asks);
}
