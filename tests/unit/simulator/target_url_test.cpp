#include "sms/simulator/target_url.h"

#include <catch2/catch.hpp>

#include "sms/simulator/webhook_client.h"

using namespace jackgw::sms::simulator;

TEST_CASE("a webhook's URL is signed without credentials and fragment") {
    const auto url = parse_target_url("http://user:pa%20ss@hotel.example:8080/sms?b=%41&a=1#rc=3&rp=5xx,rt");
    REQUIRE(url);
    CHECK(url->signed_url == "http://hotel.example:8080/sms?b=%41&a=1");
    CHECK(url->host == "hotel.example");
    CHECK(url->port == 8080);
    CHECK(url->authority == "hotel.example:8080");
    CHECK(url->target == "/sms?b=%41&a=1");
    CHECK(url->credentials == "user:pa%20ss");
    CHECK(url->retry_count == 3U);
    CHECK(url->retry_5xx);
    CHECK(url->retry_read_timeout);
    CHECK_FALSE(url->retry_4xx);
}

TEST_CASE("ports and paths have their defaults") {
    CHECK(parse_target_url("http://h.example/a")->port == 80);
    CHECK(parse_target_url("https://h.example/a")->port == 443);
    CHECK(parse_target_url("http://h.example")->target == "/");
    CHECK(parse_target_url("http://h.example?a=1")->target == "/?a=1");
    for (const char* bad :
         {"", "/sms", "ftp://h.example/", "http://", "http://h.example:http/", "http://:80/"}) {
        INFO(bad);
        CHECK_FALSE(parse_target_url(bad));
    }
}

TEST_CASE("requests are repeated as the URL's overrides say") {
    struct Row {
        const char* url;
        bool connected;
        int status;
        unsigned retries;
        bool again;
    };
    const auto row = GENERATE(values<Row>({
        {"http://h.example/", true, 200, 0, false},
        {"http://h.example/", true, 500, 0, false},
        {"http://h.example/", true, 0, 0, false},
        {"http://h.example/", false, 0, 0, true},
        {"http://h.example/", false, 0, 5, false},
        {"http://h.example/#rc=0", false, 0, 0, false},
        {"http://h.example/#rc=2&rp=all", true, 500, 1, true},
        {"http://h.example/#rc=2&rp=all", true, 500, 2, false},
        {"http://h.example/#rc=2&rp=all", true, 404, 0, true},
        {"http://h.example/#rc=2&rp=all", true, 0, 0, true},
        {"http://h.example/#rc=2&rp=4xx", true, 500, 0, false},
        {"http://h.example/#rc=2&rp=5xx", true, 404, 0, false},
    }));
    INFO(row.url << " connected " << row.connected << " status " << row.status << " retries " << row.retries);
    const WebhookAnswer answer{.status = row.status, .connected = row.connected};
    CHECK(should_retry(*parse_target_url(row.url), answer, row.retries) == row.again);
}
