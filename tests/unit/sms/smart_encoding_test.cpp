#include "sms/text/smart_encoding.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

TEST_CASE("Look-alikes become characters of the GSM alphabet") {
    const auto [written, sent] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {"plain € text\n", "plain € text\n"},
        {"“Hi” ‘there’", "\"Hi\" 'there'"},
        {"a – b — c…", "a - b - c..."},
        {"a\u00a0b", "a  b"},
        {"a\tb", "a       b"},
        {"ｆｏｏ", "ｆｏｏ"},  // of the full-width letters only the capitals
        {"ＦＯＯ！", "FOO!"},
        {"½ l", "1/2 l"},
        {"a\u200bb\ufeff", "ab"},
        {"e\u0302", "e^"},  // code point by code point: an accent is one of its own
        {"`´", "''"},
        {"„Grüße“ 🛎", "\"Grüße\" 🛎"},  // also where the rest needs UCS-2
        {"á", "á"},
    }));
    CHECK(smart_encode(written).text == sent);
}

TEST_CASE("Each replacement is told once, in the order in which they come") {
    const SmartEncoded encoded = smart_encode("… “a” “b” …\u200b");
    CHECK(encoded.replacements ==
          std::vector<Replacement>{{"…", "..."}, {"“", "\""}, {"”", "\""}, {"\u200b", ""}});
    CHECK(smart_encode("a").replacements.empty());
}
