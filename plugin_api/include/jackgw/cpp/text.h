/// The contract's texts and lists as C++ views, and C++ values as the contract's.
///
/// Everything here borrows: a jackgw_str made from a std::string is valid as long as that string is.
#pragma once

#include <jackgw/types.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackgw::plugin {

constexpr jackgw_str str(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

constexpr std::string_view view(jackgw_str text) noexcept {
    return text.length == 0 ? std::string_view{} : std::string_view{text.data, text.length};
}

constexpr std::span<const jackgw_str> view(jackgw_strs list) noexcept {
    return list.count == 0 ? std::span<const jackgw_str>{} : std::span{list.items, list.count};
}

constexpr std::span<const jackgw_pair> view(jackgw_pairs list) noexcept {
    return list.count == 0 ? std::span<const jackgw_pair>{} : std::span{list.items, list.count};
}

constexpr jackgw_strs strs(std::span<const jackgw_str> items) noexcept {
    return {items.data(), items.size()};
}

constexpr jackgw_pairs pairs(std::span<const jackgw_pair> items) noexcept {
    return {items.data(), items.size()};
}

constexpr jackgw_pair pair(std::string_view name, std::string_view value) noexcept {
    return {str(name), str(value)};
}

/// Views of each text of a list.
inline std::vector<jackgw_str> views(std::span<const std::string> texts) {
    std::vector<jackgw_str> out;
    out.reserve(texts.size());
    for (const std::string& text : texts) out.push_back(str(text));
    return out;
}

/// The value of the first pair of that name, compared with regard to case: options, form fields.
constexpr std::optional<std::string_view> find(jackgw_pairs list, std::string_view name) noexcept {
    for (const jackgw_pair& item : view(list)) {
        if (view(item.name) == name) return view(item.value);
    }
    return std::nullopt;
}

/// The value of the first header of that name, compared without regard to (ASCII) case.
constexpr std::optional<std::string_view> find_header(jackgw_pairs headers, std::string_view name) noexcept {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (const jackgw_pair& header : view(headers)) {
        const std::string_view candidate = view(header.name);
        bool same = candidate.size() == name.size();
        for (std::size_t i = 0; same && i < name.size(); ++i) same = lower(candidate[i]) == lower(name[i]);
        if (same) return view(header.value);
    }
    return std::nullopt;
}

/// Puts a text into somebody's sink.
inline void put(jackgw_sink sink, std::string_view text) noexcept {
    jackgw_put(sink, str(text));
}

/// Collects what a call puts into a sink: pass `sink()`, read `text()` afterwards. For one call at a time.
/// What doesn't fit into memory is dropped, since the call-back must not throw.
class TextSink {
  public:
    TextSink() = default;
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;

    jackgw_sink sink() noexcept { return {reinterpret_cast<jackgw_sink_target*>(this), &TextSink::append}; }
    const std::string& text() const noexcept { return text_; }
    std::string take() noexcept { return std::move(text_); }

  private:
    static void append(jackgw_sink_target* target, jackgw_str piece) noexcept {
        try {
            reinterpret_cast<TextSink*>(target)->text_.append(view(piece));
        } catch (...) {
            return;  // dropped, as promised above
        }
    }

    std::string text_;
};

}  // namespace jackgw::plugin
