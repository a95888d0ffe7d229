#include "sms/callback_url.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

TEST_CASE("The attempt goes behind what query there is and before a fragment") {
    const auto [url, with_attempt] = GENERATE(table<const char*, const char*>({
        {"https://a.b/c", "https://a.b/c?attempt=0123-ab"},
        {"https://a.b/c?", "https://a.b/c?attempt=0123-ab"},
        {"https://a.b/c?d=1", "https://a.b/c?d=1&attempt=0123-ab"},
        {"https://a.b/c?d=1&", "https://a.b/c?d=1&attempt=0123-ab"},
        {"https://a.b/c#rc=3&rp=all", "https://a.b/c?attempt=0123-ab#rc=3&rp=all"},
        {"https://a.b/c?d#rc=3", "https://a.b/c?d&attempt=0123-ab#rc=3"},
    }));
    CHECK(callback_url(url, "0123-ab") == with_attempt);
    CHECK(callback_url(url, "") == url);
}

TEST_CASE("The attempt is found again") {
    CHECK(attempt_of("attempt=0123-ab") == "0123-ab");
    CHECK(attempt_of("d=1&attempt=a%26b") == "a&b");
    CHECK(attempt_of("d=1").empty());
    CHECK(attempt_of("").empty());
}
