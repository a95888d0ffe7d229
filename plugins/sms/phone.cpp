#include "sms/phone.h"

#include <algorithm>

namespace jackgw::sms {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

bool is_e164(std::string_view text) {
    return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool is_messaging_service_sid(std::string_view text) {
    return text.size() == 34 && text.substr(0, 2) == "MG" &&
           std::all_of(text.begin() + 2, text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

std::optional<std::string> normalize_number(std::string_view typed) {
    constexpr std::string_view separators = " -().";
    std::string number;
    for (const char c : typed) {
        if (separators.find(c) == std::string_view::npos) number.push_back(c);
    }
    if (!is_e164(number)) return std::nullopt;
    return number;
}

}  // namespace jackgw::sms
