#include "config/reference.h"

#include "config/schema.h"

namespace jackgw::config {

namespace {

constexpr std::string_view begin_marker = "<!-- tables: made by config-reference, do not edit -->\n";
constexpr std::string_view end_marker = "<!-- end of tables -->\n";

template <class Target>
std::string section_text(const Section<Target>& section) {
    std::string text = "\n### `" + section.header + "`\n\n" + section.description + "\n\n";
    text += "| Key | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|\n";
    for (const Key<Target>& key : section.keys) {
        const std::string fallback = key.required               ? "required"
                                     : key.default_text.empty() ? "none"
                                                                : "`" + key.default_text + "`";
        text += "| `" + key.name + "` | " + key.type + " | " + fallback + " | " + key.expected + " | " +
                key.description + (key.secret ? " Never shown." : "") + " |\n";
    }
    return text;
}

}  // namespace

std::string reference_tables() {
    std::string text;
    make_schema().visit([&](const auto& section) { text += section_text(section); });
    return text + "\n";
}

std::optional<std::string> update_reference(std::string_view document) {
    const auto begin = document.find(begin_marker);
    const auto end = document.find(end_marker);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return std::nullopt;
    std::string result(document.substr(0, begin + begin_marker.size()));
    result += reference_tables();
    return result += document.substr(end);
}

}  // namespace jackgw::config
