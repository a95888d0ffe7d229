#include "sms/text/gsm7.h"

#include <string_view>

namespace jackgw::sms {

namespace {

constexpr std::u32string_view basic_beyond_ascii = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view extension = U"\f^{}\\[~]|€";

}  // namespace

std::size_t gsm7_septets(char32_t character) {
    if (extension.find(character) != std::u32string_view::npos) return 2;
    if (character == U'\n' || character == U'\r') return 1;
    if (character >= U' ' && character < 0x7f) return character == U'`' ? 0 : 1;
    return basic_beyond_ascii.find(character) != std::u32string_view::npos ? 1 : 0;
}

}  // namespace jackgw::sms
