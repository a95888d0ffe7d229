#include "sms/webhooks/form.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

namespace Catch {
template <>
struct StringMaker<Parameter> {
    static std::string convert(const Parameter& parameter) { return parameter.name + "=" + parameter.value; }
};
}  // namespace Catch

TEST_CASE("A form is decoded exactly once, in order, with repeats") {
    struct Row {
        std::string text;
        Parameters parameters;
    };
    const auto row = GENERATE(values<Row>({
        {"", {}},
        {"a=1", {{"a", "1"}}},
        {"a=1&b=2&a=1", {{"a", "1"}, {"b", "2"}, {"a", "1"}}},
        {"Body=Hello+World%21", {{"Body", "Hello World!"}}},
        {"From=%2B15551234567", {{"From", "+15551234567"}}},
        {"a=%2525", {{"a", "%25"}}},
        {"a=%F0%9F%98%80", {{"a", "\xf0\x9f\x98\x80"}}},
        {"a=b=c", {{"a", "b=c"}}},
        {"a", {{"a", ""}}},
        {"a=", {{"a", ""}}},
        {"=v", {{"", "v"}}},
        {"=", {{"", ""}}},
        {"a=1&&b=2&", {{"a", "1"}, {"b", "2"}}},
        {"a%3Db=%26", {{"a=b", "&"}}},
        {"a= x ", {{"a", " x "}}},
    }));
    CAPTURE(row.text);
    CHECK(parse_form(row.text) == row.parameters);
}

TEST_CASE("Malformed escapes stay as they stand") {
    const auto [text, value] = GENERATE(table<const char*, const char*>({
        {"a=100%", "100%"},
        {"a=%2", "%2"},
        {"a=%zz", "%zz"},
        {"a=%%41", "%A"},
        {"a=%4g", "%4g"},
        {"a=%u263a", "%u263a"},
    }));
    CAPTURE(text);
    CHECK(value_of(parse_form(text), "a") == value);
}

TEST_CASE("Any byte may come out, NUL and malformed UTF-8 too") {
    CHECK(value_of(parse_form("a=%00%FF%c3"), "a") == std::string_view("\0\xff\xc3", 3));
}

TEST_CASE("What is encoded reads back unchanged") {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
    const Parameters parameters{{"Body", every_byte}, {"a b&c=d", "+%"}, {"empty", ""}, {"empty", "x"}};
    CHECK(parse_form(encode_form(parameters)) == parameters);
    CHECK(encode_form({{"To", "+1 5"}, {"x", "a~b-c.d_e"}}) == "To=%2B1%205&x=a~b-c.d_e");
}

TEST_CASE("The first parameter of a name is found, with regard to case") {
    const Parameters parameters{{"a", "1"}, {"A", "2"}, {"a", "3"}};
    CHECK(find(parameters, "a") == "1");
    CHECK(find(parameters, "A") == "2");
    CHECK_FALSE(find(parameters, "b"));
    CHECK(value_of(parameters, "b").empty());
}
