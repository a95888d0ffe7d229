#include "conversations/records/name_values.h"

#include <catch2/catch.hpp>
#include <random>

using namespace jackgw;
using namespace jackgw::conversations;
using namespace std::string_literals;

TEST_CASE("Names and values are kept as a readable form") {
    CHECK(encode({}).empty());
    CHECK(encode({{"From", "+15551234567"}, {"Body", "Hello there"}}) ==
          "From=%2B15551234567&Body=Hello+there");
    CHECK(encode({{"a", ""}, {"", "b"}, {"a", "\0\xff"s}}) == "a=&=b&a=%00%FF");
}

TEST_CASE("Whatever was encoded comes back as it was") {
    const std::uint64_t seed = GENERATE(1U, std::random_device{}());
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const auto bytes = [&random] {
        std::string text(random() % 12, '\0');
        for (char& c : text) c = static_cast<char>(random());
        return text;
    };
    for (int round = 0; round < 500; ++round) {
        NameValues values;
        for (std::size_t i = random() % 5; i > 0; --i) values.emplace_back(bytes(), bytes());
        const std::string text = encode(values);
        CAPTURE(text);
        REQUIRE(decode_name_values(text) == values);
    }
}
