#include "telemetry/phone_mask.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

using namespace jackgw::telemetry;

TEST_CASE("International numbers keep their country code and last digits") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"+15551234567", "+1***4567"},
        {"+493012345678", "+49***5678"},
        {"+35312345678", "+353***5678"},
        {"+98912345678", "+98***5678"},
        {"+79161234567", "+7***4567"},
        {"+6831234", "+683***34"},
        {"+290123456", "+290***56"},
        {"+123456789012345", "+1***2345"},
        {"to +15551234567, from +442071838750.", "to +1***4567, from +44***8750."},
        {"whatsapp:+15551234567", "whatsapp:+1***4567"},
        {"From=%2B15551234567&To=%2b15559876543", "From=%2B1***4567&To=%2b1***6543"},
        {"The 'To' number +15551234567 is not valid", "The 'To' number +1***4567 is not valid"},
        {"+1 (555) 123-4567", "+1***4567"},
        {"+1 555.123.4567!", "+1***4567!"},
        {"+49 (0) 30 / 12 34 56 78", "+49***5678"},
        {"{\"to\":\"+15551234567\"}", "{\"to\":\"+1***4567\"}"},
        {"to +15551234567 3 segments", "to +1***4567 3 segments"},
        {"+15551234567 2026-11-22", "+1***4567 2026-11-22"},
        {"id+15551234567", "id+1***4567"},
        {"seq=+15551234567", "seq=+1***4567"},
    }));
    CAPTURE(text);
    CHECK(mask_phone_numbers(text) == expected);
}

TEST_CASE("Bare numbers keep their last digits") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"15551234567", "***4567"},
        {"5551234567", "***4567"},
        {"0301234567", "***4567"},
        {"5551234", "***34"},
        {"called 442071838750 twice", "called ***8750 twice"},
        {"To=15551234567", "To=***4567"},
        {"to: 15551234567", "to: ***4567"},
        {"tel:5551234567", "tel:***4567"},
        {"{\"to\":\"15551234567\"}", "{\"to\":\"***4567\"}"},
        {"(15551234567)", "(***4567)"},
        {"/v1/numbers/15551234567/x", "/v1/numbers/***4567/x"},
        {"15551234567.", "***4567."},
        {"5551234567, 5559876543", "***4567, ***6543"},
        {"5551234567 so", "***4567 so"},
    }));
    CAPTURE(text);
    CHECK(mask_phone_numbers(text) == expected);
}

TEST_CASE("Ids, times, durations and sizes stay") {
    const auto text = GENERATE(
        as<const char*>{}, "", "+", "%2B", "+12345", "room 1204 at 12:30",
        "01936c5e-1234-7abc-8def-012345678901", "12345678-1234-7123-8123-123456789012",
        "message 01936c5e-1234-7abc-8def-512345678901 stored", "SM0123456789abcdef0123456789abcdef",
        "SM51234567890123456789012345678901", "AC5551234567", "error 30003", "sha 5551234567abcdef",
        "2026-11-22T16:38:14.123456Z", "2026-11-22T18:38:14.1234567+02:00", "20261122", "20261122163814",
        "1795365494", "1795365494123", "1795365494123456", "5551234us", "5551234 us", "took 5551234567 ns",
        "67108864 bytes", "sent 5551234 messages", "3.5551234567", "5551234.25", "duration_us=5551234",
        "seq 5551234", "seq=5551234", "\"seq\":5551234", "pid 4012345", "cursor: 5551234567",
        "accountId=5551234567", "5,551,234", "127.0.0.1:54321", "0x5551234", "key_5551234567",
        "5551234567_key", "+ 02:00", "a+b", "5551234567890123");
    CAPTURE(text);
    CHECK(mask_phone_numbers(text) == text);
}

TEST_CASE("No number after a plus survives among any neighbours") {
    const std::uint32_t seed = 20261122;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::string_view around = "0123456789 abcXYZ+-.:,=()/\"'%2B\n\xc3\xa4";
    for (int round = 0; round < 5000; ++round) {
        std::string number = "+4";
        for (int i = 0; i < 10; ++i) number += static_cast<char>('0' + random() % 10);
        std::string text;
        for (auto i = random() % 12; i > 0; --i) text += around[random() % around.size()];
        text += number;
        for (auto i = random() % 12; i > 0; --i) text += around[random() % around.size()];
        CAPTURE(text);
        REQUIRE(mask_phone_numbers(text).find(number) == std::string::npos);
    }
}

TEST_CASE("Names tell quantities from numbers") {
    const auto [name, expected] = GENERATE(table<const char*, bool>({
        {"duration_us", true},
        {"Seq", true},
        {"messageId", true},
        {"message_id", true},
        {"bytes", true},
        {"to", false},
        {"from", false},
        {"address", false},
        {"guest", false},
        {"", false},
    }));
    CAPTURE(name);
    CHECK(names_a_quantity(name) == expected);
}
