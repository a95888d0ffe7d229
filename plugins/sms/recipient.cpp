#include "sms/recipient.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "sms/phone.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::string_view no_region = "ZZ";  // the library's word for it
constexpr std::string_view in_full = "write '+', the country code and the number, such as +15551234567";
constexpr std::size_t longest_typed = 100;     // bytes; no way to write a number needs more
constexpr std::size_t longest_short_code = 6;  // digits; the shortest has 3
constexpr std::size_t shortest_short_code = 3;

/// The library's only instance: made at the first call, safe from any thread, silent (it logs nowhere), and
/// freed by nobody. It belongs to libphonenumber, which stays loaded when this plugin goes
/// (docs/decisions/015).
const PhoneNumberUtil& numbering_plans() {
    return *PhoneNumberUtil::GetInstance();
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// ASCII that stands in phone numbers. The library itself skips what it can't read, such as "Room 12: ".
bool is_foreign(char c) {
    constexpr std::string_view usual = "+ -().,;/\t\r\n~[]";
    return static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && usual.find(c) == std::string_view::npos;
}

bool is_short_code(std::string_view typed) {
    return typed.size() >= shortest_short_code && typed.size() <= longest_short_code &&
           std::all_of(typed.begin(), typed.end(), is_digit);
}

std::string trimmed(std::string_view typed) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = typed.find_first_not_of(space);
    if (begin == std::string_view::npos) return {};
    return std::string(typed.substr(begin, typed.find_last_not_of(space) - begin + 1));
}

std::string after_country_code(const PhoneNumber& number) {
    return "numbers after +" + std::to_string(number.country_code());
}

/// What the parser says, as the end of a sentence.
std::string why_unreadable(PhoneNumberUtil::ErrorType error, std::string_view typed,
                           std::string_view region) {
    switch (error) {
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
            if (typed.starts_with('+') || !region.empty()) return "has no country code that exists: check it";
            return "has no country code: " + std::string(in_full) + ", or set default_region";
        case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
        case PhoneNumberUtil::TOO_SHORT_NSN:
            return "is too short for a phone number: check it";
        case PhoneNumberUtil::TOO_LONG_NSN:
            return "is too long for a phone number: check it";
        case PhoneNumberUtil::NOT_A_NUMBER:
        case PhoneNumberUtil::NO_PARSING_ERROR:
            break;
    }
    return "is not a phone number: " + std::string(in_full);
}

/// Why no phone could have the number, as the end of a sentence; empty if one could.
std::string why_impossible(const PhoneNumber& number) {
    switch (numbering_plans().IsPossibleNumberWithReason(number)) {
        case PhoneNumberUtil::IS_POSSIBLE:
            return {};
        case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
            return "lacks its area code: add it";
        case PhoneNumberUtil::INVALID_COUNTRY_CODE:
            return "has no country code that exists: check it";
        case PhoneNumberUtil::TOO_SHORT:
            return "is too short, " + after_country_code(number) + " have more digits: check it";
        case PhoneNumberUtil::TOO_LONG:
            return "is too long, " + after_country_code(number) + " have fewer digits: check it";
        case PhoneNumberUtil::INVALID_LENGTH:
            break;
    }
    return "has a number of digits that " + after_country_code(number) + " don't have: check it";
}

/// Mexico gave up the 1 before its mobiles' ten digits in 2019. Contacts still have it, but the plans of
/// Debian 13's libphonenumber no longer know it.
void drop_mexicos_one(PhoneNumber& number) {
    constexpr std::uint64_t one = 10'000'000'000;
    if (number.country_code() == 52 && number.national_number() / one == 1)
        number.set_national_number(number.national_number() - one);
}

/// Why what was typed is no number that a text could reach, as the end of a sentence; empty: `number` is one.
std::string why_not(const std::string& typed, std::string_view region, PhoneNumber& number) {
    if (typed.empty()) return "is empty: " + std::string(in_full);
    if (typed.size() > longest_typed) return "is too long for a phone number: check it";
    const auto error =
        numbering_plans().Parse(typed, std::string(region.empty() ? no_region : region), &number);
    drop_mexicos_one(number);
    if (error == PhoneNumberUtil::NO_PARSING_ERROR && number.has_extension()) {
        return "has the extension " + number.extension() + ", which texts can't reach: leave it out";
    }
    if (std::any_of(typed.begin(), typed.end(), is_letter)) {
        return "contains letters: " + std::string(in_full) + ", in digits alone";
    }
    if (const auto odd = std::find_if(typed.begin(), typed.end(), is_foreign); odd != typed.end()) {
        return "contains '" + std::string(1, *odd) +
               "', which is no part of a phone number: " + std::string(in_full);
    }
    std::string reason = error == PhoneNumberUtil::NO_PARSING_ERROR ? why_impossible(number)
                                                                    : why_unreadable(error, typed, region);
    // Some plans hold numbers as short; those that somebody has are no short codes.
    if (is_short_code(typed) && (!reason.empty() || !numbering_plans().IsValidNumber(number))) {
        return "looks like a short code, which can't be texted: " + std::string(in_full);
    }
    return reason;
}

std::string in_e164(const PhoneNumber& number) {
    std::string out;
    numbering_plans().Format(number, PhoneNumberUtil::E164, &out);
    return out;
}

}  // namespace

std::variant<Recipient, NotARecipient> read_recipient(std::string_view typed,
                                                      std::string_view default_region) {
    const std::string text = trimmed(typed);
    PhoneNumber number;
    std::string reason = why_not(text, default_region, number);
    if (reason.empty()) {
        Recipient recipient{in_e164(number),
                            numbering_plans().GetNumberType(number) == PhoneNumberUtil::FIXED_LINE};
        if (is_e164(recipient.number)) return recipient;
        reason = "is too long for a phone number: check it";
    }
    return NotARecipient{"\"" + std::string(cut(text, 64)) + "\" " + reason};
}

std::string guest_address(std::string_view from) {
    // Twilio writes E.164, which is the form already, so that a guest's message need not wait for the
    // numbering plans. Mexico's mobiles alone have two forms: +52 1 … was given up in 2019.
    if (is_e164(from) && !from.starts_with("+521")) return std::string(from);
    const auto read = read_recipient(from, {});
    if (const auto* recipient = std::get_if<Recipient>(&read)) return recipient->number;
    return normalize_number(from).value_or(std::string(from));
}

std::optional<std::string> read_region(std::string_view region) {
    std::string upper(region);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (numbering_plans().GetCountryCodeForRegion(upper) == 0) return std::nullopt;
    return upper;
}

}  // namespace jackgw::sms
