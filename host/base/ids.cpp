#include "base/ids.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace jackgw {

IdGenerator::IdGenerator(const Clock& clock) : clock_(clock) {}

std::string IdGenerator::next() {
    std::uint64_t millis = static_cast<std::uint64_t>(to_micros(clock_.now())) / 1000;
    std::uint32_t counter = 0;
    std::uint64_t random = 0;
    {
        const std::lock_guard lock(mutex_);
        // A clock that stands or runs back doesn't break the order: the counter goes on, and borrows from the
        // next millisecond when it is full (RFC 9562, section 6.2).
        if (millis > last_millis_) {
            last_millis_ = millis;
            counter_ = 0;
        } else if (++counter_ > 0xfff) {
            ++last_millis_;
            counter_ = 0;
        }
        millis = last_millis_;
        counter = counter_;
        random = (static_cast<std::uint64_t>(random_()) << 32) | random_();
    }
    const std::uint64_t high = (millis << 16) | 0x7000U | counter;
    const std::uint64_t low = (random & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>((high >> 16) & 0xffff), static_cast<unsigned>(high & 0xffff),
                  static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xffffffffffffULL));
    return {text.data(), 36};
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-') return false;
        } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return true;
}

}  // namespace jackgw
