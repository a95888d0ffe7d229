#include "sms/signature/url_parts.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

TEST_CASE("A URL is taken apart") {
    const auto parts = read_url("https://user:word@api.twilio.com:8443/2010/Media/ME1.jpg?x=/y#z");
    REQUIRE(parts);
    CHECK(parts->scheme == "https");
    CHECK(parts->origin == "https://user:word@api.twilio.com:8443");
    CHECK(parts->user_info == "user:word");
    CHECK(parts->host == "api.twilio.com");
    CHECK(parts->port == "8443");
    CHECK(parts->path == "/2010/Media/ME1.jpg");
    const auto v6 = read_url("http://[::1]:8090");
    REQUIRE(v6);
    CHECK(v6->host == "[::1]");
    CHECK(v6->port == "8090");
    CHECK(v6->path.empty());
    for (const char* bad :
         {"", "https", "https:/a", "https://", "HTTPS://a/", "file:///etc/passwd", "https://a b/",
          "https://[::1", "https://[::1]x/", "https://:80/", "//a/b", "https://\xc3\xa4/"}) {
        CAPTURE(bad);
        CHECK_FALSE(read_url(bad));
    }
}

TEST_CASE("A redirect leads where its Location says") {
    struct Row {
        const char* location;
        const char* target;  // empty: nowhere
    };
    const auto row = GENERATE(values<Row>({
        {"https://media.twiliocdn.com/AC1/x?sig=1", "https://media.twiliocdn.com/AC1/x?sig=1"},
        {"/other?x#here", "https://api.twilio.com/other?x"},
        {"//media.twiliocdn.com/x", "https://media.twiliocdn.com/x"},
        {"", ""},
        {"other", ""},
        {"javascript:alert(1)", ""},
        {"https://a b/", ""},
    }));
    CAPTURE(row.location);
    CHECK(follow("https://api.twilio.com/2010-04-01/ME1", row.location).value_or("") == row.target);
    CHECK_FALSE(follow("nonsense", "/x"));
}
