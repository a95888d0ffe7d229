#include "base/utf8.h"

namespace jackgw {

namespace {

struct Sequence {
    std::size_t length;  // bytes of the sequence, or of the ill-formed subpart
    bool valid;
};

unsigned char byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

/// The sequence that starts at `start`, after table 3-7 of the Unicode standard: the second byte's range
/// depends on the first, all further ones are 80…BF.
Sequence sequence_at(std::string_view bytes, std::size_t start) {
    const unsigned char first = byte_at(bytes, start);
    if (first < 0x80) return {1, true};
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    if (first >= 0xc2 && first <= 0xdf) {
        length = 2;
    } else if (first >= 0xe0 && first <= 0xef) {
        length = 3;
        if (first == 0xe0) low = 0xa0;
        if (first == 0xed) high = 0x9f;
    } else if (first >= 0xf0 && first <= 0xf4) {
        length = 4;
        if (first == 0xf0) low = 0x90;
        if (first == 0xf4) high = 0x8f;
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (start + i >= bytes.size() || byte_at(bytes, start + i) < low || byte_at(bytes, start + i) > high)
            return {i, false};
        low = 0x80;
        high = 0xbf;
    }
    return {length, true};
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const Sequence sequence = sequence_at(bytes, i);
        if (!sequence.valid) return false;
        i += sequence.length;
    }
    return true;
}

std::string repair_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    std::size_t sound_from = 0;  // copied in one piece up to the next flaw
    for (std::size_t i = 0; i < bytes.size();) {
        const Sequence sequence = sequence_at(bytes, i);
        if (!sequence.valid || bytes[i] == '\0') {
            text.append(bytes.substr(sound_from, i - sound_from)).append("\xef\xbf\xbd");
            sound_from = i + sequence.length;
        }
        i += sequence.length;
    }
    return text.append(bytes.substr(sound_from));
}

}  // namespace jackgw
