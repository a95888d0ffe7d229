#pragma once

#include <jackgw/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::plugins {

/// The contract's text views and ours.
inline std::string_view view(jackgw_str text) {
    return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.length};
}

inline jackgw_str to_c(std::string_view text) {
    return {text.data(), text.size()};
}

/// Copies a text that is to be stored or sent. False: it is no valid UTF-8 or has a NUL in it.
[[nodiscard]] bool copy_text(jackgw_str text, std::string& copy);

/// What a plugin says for people: repaired where it is malformed, cut where it has no end.
std::string remark(jackgw_str text);

std::vector<std::string> copy_texts(jackgw_strs texts);

/// Collects what is written into a sink. The object must outlive the call that gets the sink.
class TextSink {
  public:
    /// Longer texts are cut: a sink takes names and messages, and must not be a way to exhaust memory.
    static constexpr std::size_t max_size = std::size_t{64} * 1024;

    jackgw_sink sink();
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace jackgw::plugins
