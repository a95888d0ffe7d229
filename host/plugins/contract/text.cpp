#include "plugins/contract/text.h"

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"

/// The sink's target as the plugin sees it: a pointer that it can't look into.
struct jackgw_sink_target {};

namespace jackgw::plugins {

namespace {

void append(jackgw_sink_target* target, jackgw_str piece) noexcept {
    auto& text = *reinterpret_cast<std::string*>(target);
    const std::string_view bytes = view(piece);
    text.append(bytes.substr(
        0, std::min(bytes.size(), TextSink::max_size - std::min(text.size(), TextSink::max_size))));
}

/// In bytes: an explanation with an address or two.
constexpr std::size_t longest_remark = 4096;

}  // namespace

bool copy_text(jackgw_str text, std::string& copy) {
    const std::string_view source = view(text);
    if (!is_valid_utf8(source) || source.find('\0') != std::string_view::npos) return false;
    copy = source;
    return true;
}

std::string remark(jackgw_str text) {
    std::string_view source = view(text);
    if (source.size() > longest_remark) {
        std::size_t end = longest_remark;  // or before, so that no character is cut
        while (end > 0 && (static_cast<unsigned char>(source[end]) & 0xc0U) == 0x80U) --end;
        source = source.substr(0, end);
    }
    return repair_utf8(source);
}

std::vector<std::string> copy_texts(jackgw_strs texts) {
    std::vector<std::string> copy;
    if (texts.items == nullptr) return copy;
    copy.reserve(texts.count);
    for (std::uint64_t i = 0; i < texts.count; ++i) copy.emplace_back(view(texts.items[i]));
    return copy;
}

jackgw_sink TextSink::sink() {
    return {reinterpret_cast<jackgw_sink_target*>(&text_), &append};
}

}  // namespace jackgw::plugins
