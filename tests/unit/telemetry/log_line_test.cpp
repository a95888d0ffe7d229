#include "telemetry/log_line.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "base/utf8.h"
#include "telemetry/redactor.h"

using namespace jackgw;
using namespace jackgw::telemetry;

namespace {

std::string line(Format format, Level level, std::string_view message, std::initializer_list<Field> fields) {
    Redactor redactor;
    redactor.set_secrets("test", {"swordfish"});
    const Timestamp time = *parse_iso8601("2026-11-22T12:00:00Z");
    return format_line(format, time, level, message, {fields.begin(), fields.size()}, redactor);
}

}  // namespace

TEST_CASE("Text lines are for people") {
    CHECK(line(Format::text, Level::info, "plugin loaded", {{"channel", "sms"}, {"generation", 2}}) ==
          "2026-11-22T12:00:00.000000Z info    plugin loaded channel=sms generation=2");
    CHECK(line(Format::text, Level::warning, "odd \"value\"",
               {{"a", "two words"}, {"b", ""}, {"c", "x=\"y\"\n"}, {"ok", true}, {"ratio", 0.25}}) ==
          "2026-11-22T12:00:00.000000Z warning odd \"value\" a=\"two words\" b=\"\" c=\"x=\\\"y\\\"\\n\" "
          "ok=true "
          "ratio=0.25");
}

TEST_CASE("A message cannot forge a second line") {
    CHECK(line(Format::text, Level::error, "bad\n2026-11-22 info fine\r\x1b[2J", {}) ==
          "2026-11-22T12:00:00.000000Z error   bad\\n2026-11-22 info fine\\r\\u001b[2J");
}

TEST_CASE("JSON lines carry each field with its type") {
    CHECK(
        line(Format::json, Level::debug, "say \"hi\"\t\\",
             {{"text", "ä\x01"},
              {"signed", -5},
              {"unsigned", std::numeric_limits<std::uint64_t>::max()},
              {"double", 1.5},
              {"bool", false},
              {"nan", std::nan("")},
              {"inf", -std::numeric_limits<double>::infinity()},
              {"message", "second"}}) ==
        "{\"time\":\"2026-11-22T12:00:00.000000Z\",\"level\":\"debug\",\"message\":\"say \\\"hi\\\"\\t\\\\\","
        "\"text\":\"ä\\u0001\",\"signed\":-5,\"unsigned\":18446744073709551615,\"double\":1.5,\"bool\":false,"
        "\"nan\":\"nan\",\"inf\":\"-inf\",\"message_\":\"second\"}");
}

TEST_CASE("Messages and fields are redacted, numbers are not") {
    const auto format = GENERATE(Format::text, Format::json);
    const std::string text =
        line(format, Level::info, "to +15551234567 by swordfish",
             {{"from", "15559876543"}, {"token", "swordfish"}, {"seq", "25551234"}, {"bytes", 5551234567}});
    CHECK(text.find("swordfish") == std::string::npos);
    CHECK(text.find("5551234567 by") == std::string::npos);
    CHECK(text.find("to +1***4567 by [secret]") != std::string::npos);
    CHECK(text.find("***6543") != std::string::npos);
    CHECK(text.find("15559876543") == std::string::npos);
    CHECK(text.find("25551234") != std::string::npos);
    CHECK(text.find("5551234567") != std::string::npos);
}

TEST_CASE("Any bytes make a line of valid UTF-8 and valid JSON") {
    const std::uint32_t seed = 4711;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        std::string bytes;
        for (auto i = random() % 40; i > 0; --i) bytes += static_cast<char>(random() % 256);
        const std::string json = line(Format::json, Level::info, bytes, {{"field", bytes}, {bytes, "x"}});
        REQUIRE(is_valid_utf8(json));
        REQUIRE(json.find('\n') == std::string::npos);
        const auto object = nlohmann::json::parse(json);
        REQUIRE(object.at("level") == "info");
        const std::string text = line(Format::text, Level::info, bytes, {{"field", bytes}, {bytes, "x"}});
        REQUIRE(is_valid_utf8(text));
        REQUIRE(text.find_first_of("\n\r\x1b") == std::string::npos);
    }
}

TEST_CASE("Levels and formats have words") {
    for (const Level level : {Level::debug, Level::info, Level::warning, Level::error})
        CHECK(parse_level(to_string(level)) == level);
    CHECK_FALSE(parse_level("trace"));
    CHECK(parse_format("text") == Format::text);
    CHECK(parse_format("json") == Format::json);
    CHECK_FALSE(parse_format("xml"));
}
