#include "sids.h"

#include <algorithm>
#include <cctype>

namespace jackgw::sms::simulator {

std::string SidGenerator::next(std::string_view prefix) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string sid(prefix);
    const std::lock_guard lock(mutex_);
    for (int word = 0; word < 4; ++word) {
        auto bits = random_();
        for (int digit = 0; digit < 8; ++digit, bits >>= 4) sid += digits[bits & 15];
    }
    return sid;
}

bool is_sid(std::string_view text, std::string_view prefix) {
    return text.size() == prefix.size() + 32 && text.starts_with(prefix) &&
           std::ranges::all_of(text.substr(prefix.size()),
                               [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::string uuid_from(std::string_view hex32) {
    std::string uuid(hex32);
    for (const std::size_t position : {20, 16, 12, 8}) uuid.insert(position, 1, '-');
    return uuid;
}

}  // namespace jackgw::sms::simulator
