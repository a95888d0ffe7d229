#include "sms/recipient.h"

#include <phonenumbers/phonenumberutil.h>

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "sms/phone.h"

using namespace jackgw::sms;
using namespace std::string_view_literals;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

std::string number(std::string_view typed, std::string_view region = {}) {
    const auto read = read_recipient(typed, region);
    const auto* recipient = std::get_if<Recipient>(&read);
    return recipient != nullptr ? recipient->number : std::get<NotARecipient>(read).reason;
}

bool landline(std::string_view typed) {
    return std::get<Recipient>(read_recipient(typed, {})).landline;
}

}  // namespace

TEST_CASE("A number with its country code needs no region") {
    const auto [typed, e164] = GENERATE(table<const char*, const char*>({
        {"+15551234567", "+15551234567"},  // possible, though nobody has it
        {" +1 (555) 123-4567\t", "+15551234567"},
        {"+1.555.123.4567", "+15551234567"},
        {"+1 555/123-4567", "+15551234567"},
        {"+49 30.901820", "+4930901820"},
        {"+44 (0)20 7031 3000", "+442070313000"},
        {"+39 02 3661 8300", "+390236618300"},    // Italy keeps its zero
        {"+52 1 55 1234 5678", "+525512345678"},  // Mexico has dropped its 1
        {"+54 9 11 2345-6789", "+5491123456789"},
        {"+683 4002", "+6834002"},  // Niue: seven digits in all
        {"+1\xc2\xa0"
         "555\xe2\x80\x91"
         "123\xe2\x80\x91"
         "4567",
         "+15551234567"},                                             // no-break space and hyphens
        {"\xe2\x80\xaa+1 555 123 4567\xe2\x80\xac", "+15551234567"},  // marks that a contact was pasted with
        {"\xef\xbc\x8b\xef\xbc\x91"
         "5551234567",
         "+15551234567"},  // full-width plus and digit
        {"+15005550006", "+15005550006"},
        {"+41791234567", "+41791234567"},
    }));
    CAPTURE(typed);
    CHECK(number(typed) == e164);
}

TEST_CASE("With a region the national form and the prefix for calls abroad are understood") {
    const auto [typed, region, e164] = GENERATE(table<const char*, const char*, const char*>({
        {"(555) 123-4567", "US", "+15551234567"},
        {"1 555 123 4567", "US", "+15551234567"},
        {"011 49 171 1234567", "US", "+491711234567"},
        {"0171 1234567", "DE", "+491711234567"},
        {"0049 171 1234567", "DE", "+491711234567"},
        {"001 555 123 4567", "DE", "+15551234567"},
        {"+1 555 123 4567", "DE", "+15551234567"},
        {"020 7031 3000", "GB", "+442070313000"},
        {"02 3661 8300", "IT", "+390236618300"},
        {"8 912 345-67-89", "RU", "+79123456789"},
        {"51234", "FK", "+50051234"},  // the Falkland Islands' have five digits
    }));
    CAPTURE(typed, region);
    CHECK(number(typed, region) == e164);
}

TEST_CASE("What no text could reach is refused with the reason") {
    const auto [typed, region, reason] = GENERATE(table<const char*, const char*, const char*>({
        {"", "", "is empty"},
        {"  ", "US", "is empty"},
        {"5551234567", "", "has no country code: write '+'"},
        {"0015551234567", "", "or set default_region"},
        {"0171 1234567", "", "has no country code"},
        {"+0555123", "", "no country code that exists"},
        {"+999 123 4567", "", "no country code that exists"},
        {"00999 1234567", "DE", "no country code that exists"},
        {"+", "", "is not a phone number"},
        {"+1", "", "is not a phone number"},
        {"+12", "", "is not a phone number"},
        {"+1555123", "", "is too short, numbers after +1 have more digits"},
        {"+1555123456789", "", "is too long, numbers after +1 have fewer digits"},
        {"+123456789012345", "", "is too long"},
        {"+12345678901234567890", "", "is too long"},
        {"+1 5551234", "", "lacks its area code"},
        {"555 1234", "US", "lacks its area code"},
        {"+41 79 123 456", "", "is too short"},
        {"+1 555 123 4567 x12", "", "has the extension 12, which texts can't reach: leave it out"},
        {"+1 555 123 4567 ext. 12", "", "has the extension 12"},
        {"+15551234567;ext=12", "", "has the extension 12"},
        {"+15551234567#12", "", "has the extension 12"},
        {"1-800-FLOWERS", "US", "contains letters"},
        {"+1555CALLNOW", "", "contains letters"},
        {"Room 1204", "US", "contains letters"},
        {"tel:+15551234567", "", "contains letters"},
        {"guest@example.com", "", "contains letters"},
        {"+1555*1234567", "", "contains '*'"},
        {"\"+15551234567\"", "", "contains '\"'"},
        {"+1+5551234567", "", "is not a phone number"},
        {"+15551234567 +15557654321", "", "is not a phone number"},
        {"12345", "", "looks like a short code, which can't be texted"},
        {"12345", "US", "looks like a short code"},
        {"1204", "DE",
         "looks like a short code"},  // German numbers may have four digits; nobody has this one
        {"\xff\xfe+1555", "", ""},
    }));
    CAPTURE(typed, region);
    const auto read = read_recipient(typed, region);
    REQUIRE(std::holds_alternative<NotARecipient>(read));
    CHECK_THAT(std::get<NotARecipient>(read).reason, Catch::Contains(reason));
}

TEST_CASE("A long text is no number, and is quoted in part") {
    const std::string reason = number(std::string(100'000, '5'));
    CHECK_THAT(reason, Catch::Contains("is too long"));
    CHECK(reason.size() < 150);
}

TEST_CASE("Landlines are told where the numbering plan knows them") {
    CHECK(landline("+44 20 7031 3000"));
    CHECK(landline("+49 30 901820"));
    CHECK_FALSE(landline("+44 7912 345678"));
    CHECK_FALSE(landline("+15551234567"));     // nobody has it
    CHECK_FALSE(landline("+1 212 736 5000"));  // North America: landlines and mobiles look alike
    CHECK_FALSE(landline("+1 800 555 0199"));
}

TEST_CASE("A guest's address is kept whatever it is") {
    const auto [from, address] = GENERATE(table<const char*, const char*>({
        {"+15559876543", "+15559876543"},
        {"+5215512345678", "+525512345678"},  // the same guest as one that a front desk types
        {"+1555", "+1555"},                   // no plan has it
        {"+999123456789", "+999123456789"},
        {"12345", "12345"},
        {"HOTEL", "HOTEL"},
        {"", ""},
        {"whatsapp:+15559876543", "whatsapp:+15559876543"},
        {"+15551234567 x12", "+15551234567 x12"},
    }));
    CHECK(guest_address(from) == address);
}

TEST_CASE("A number in E.164 is read as itself in every region's plan") {
    // So that the address that a guest writes from, which is taken as it is, is the one that a front desk's
    // becomes.
    const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
    std::set<std::string> regions;
    plans.GetSupportedRegions(&regions);
    int numbers = 0;
    for (const std::string& region : regions) {
        for (const auto type :
             {PhoneNumberUtil::MOBILE, PhoneNumberUtil::FIXED_LINE, PhoneNumberUtil::VOIP}) {
            i18n::phonenumbers::PhoneNumber example;
            if (!plans.GetExampleNumberForType(region, type, &example)) continue;
            std::string e164;
            plans.Format(example, PhoneNumberUtil::E164, &e164);
            CAPTURE(region, type, e164);
            CHECK(guest_address(e164) == e164);
            CHECK(number(e164) == e164);
            CHECK(number(e164, "DE") == e164);
            ++numbers;
        }
    }
    CHECK(numbers > 400);
}

TEST_CASE("Regions are those that have a numbering plan, in any case") {
    CHECK(read_region("de") == "DE");
    CHECK(read_region("US") == "US");
    for (const char* wrong : {"UK", "ZZ", "XX", "", "001", "D", "DEU"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_region(wrong));
    }
}

TEST_CASE("Any bytes give a number in E.164 or a reason") {
    const auto seed = Catch::rngSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view alphabet = "+0123456789 -().x#;,/\x00\xff\xc2\xa0\xd9\xa0zEe"sv;
    for (int i = 0; i < 20'000; ++i) {
        std::string typed;
        for (auto length = random() % 30; length > 0; --length) typed += alphabet[random() % alphabet.size()];
        CAPTURE(typed);
        const auto read = read_recipient(typed, i % 2 == 0 ? "" : "DE");
        const auto* recipient = std::get_if<Recipient>(&read);
        if (recipient == nullptr) {
            CHECK_FALSE(std::get<NotARecipient>(read).reason.empty());
            continue;
        }
        CHECK(is_e164(recipient->number));
        // The same however often it is read: else a guest would have two addresses.
        CHECK(number(recipient->number) == recipient->number);
    }
}

TEST_CASE("Many threads read numbers at once") {
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&wrong, i] {
            constexpr std::array regions{"US", "DE", "GB", "FR", "JP", "BR", "IN", "ZA"};
            for (int n = 0; n < 200; ++n) {
                // A region's expressions are compiled when it is first met: each thread begins with another
                // one.
                const auto read = read_recipient("+44 20 7031 3000", regions[(i + n) % regions.size()]);
                const auto* recipient = std::get_if<Recipient>(&read);
                if (recipient == nullptr || recipient->number != "+442070313000" || !recipient->landline)
                    ++wrong;
                if (!std::holds_alternative<NotARecipient>(
                        read_recipient("12", regions[(i + n) % regions.size()])))
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}
