#include "plugins/plugin_mapper.h"

#include <cstddef>

#include "plugins/call.h"

/// The result sink's target as the plugin sees it.
struct jackgw_mapped_target {
    std::optional<std::variant<jackgw::Mapped, jackgw::Problem>> result;
};

namespace jackgw::plugins {

namespace {

std::vector<std::string> copy(jackgw_strs texts) {
    std::vector<std::string> result;
    result.reserve(texts.count);
    for (std::uint64_t i = 0; i < texts.count; ++i) result.emplace_back(view(texts.items[i]));
    return result;
}

void put(jackgw_mapped_target* target, const jackgw_mapped* source) noexcept {
    try {
        if (source == nullptr ||
            source->struct_size < offsetof(jackgw_mapped, warnings) + sizeof(source->warnings))
            return;
        Mapped mapped;
        mapped.to = view(source->to);
        mapped.from = view(source->from);
        mapped.content = view(source->content);
        mapped.encoding = view(source->encoding);
        mapped.units = source->units;
        mapped.segments = source->segments;
        mapped.truncated = source->truncated != 0;
        mapped.parts = copy(source->parts);
        mapped.warnings = copy(source->warnings);
        target->result = std::move(mapped);
    } catch (...) {
        target->result.reset();
    }
}

void refuse(jackgw_mapped_target* target, const jackgw_problem* source) noexcept {
    try {
        if (source == nullptr ||
            source->struct_size < offsetof(jackgw_problem, message) + sizeof(source->message))
            return;
        target->result = Problem{std::string(view(source->field)), std::string(view(source->code)),
                                 std::string(view(source->message))};
    } catch (...) {
        target->result.reset();
    }
}

}  // namespace

std::variant<Mapped, Problem> PluginMapper::map(const Draft& draft) const {
    std::vector<jackgw_str> media;
    media.reserve(draft.media_urls.size());
    for (const std::string& url : draft.media_urls) media.push_back(to_c(url));
    jackgw_draft source{};
    source.struct_size = sizeof(source);
    source.flags = draft.preview ? static_cast<std::uint32_t>(JACKGW_DRAFT_PREVIEW) : 0;
    source.to = to_c(draft.to);
    source.from = to_c(draft.from);
    source.content = to_c(draft.content);
    source.media_urls = {media.data(), media.size()};
    jackgw_mapped_target target;
    try {
        lease_->registrations().mapper->map(lease_->instance(), &source, {&target, &put, &refuse});
    } catch (...) {
        target.result.reset();
    }
    if (target.result) return std::move(*target.result);
    return Problem{"channel", "CHANNEL_FAILED", "the channel's plugin gave no answer; its log may say why"};
}

std::variant<std::string, Problem> PluginMapper::normalize_address(std::string_view address) const {
    TextSink normalized;
    const CallResult result = call_plugin(lease_->registrations().mapper->normalize_address,
                                          lease_->instance(), to_c(address), normalized.sink());
    if (result.ok()) return normalized.text();
    return Problem{"address", "INVALID_ADDRESS",
                   result.error.empty() ? "not an address of this channel" : result.error};
}

}  // namespace jackgw::plugins
