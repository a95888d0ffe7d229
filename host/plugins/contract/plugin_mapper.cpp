#include "plugins/contract/plugin_mapper.h"

#include "plugins/contract/call.h"
#include "plugins/contract/mapped.h"

/// The result sink's target as the plugin sees it.
struct jackgw_mapped_target {
    std::optional<std::variant<jackgw::Mapped, jackgw::Problem>> result;
};

namespace jackgw::plugins {

namespace {

void put(jackgw_mapped_target* target, const jackgw_mapped* source) noexcept {
    try {
        target->result = read_mapped(source);
    } catch (...) {
        target->result.reset();
    }
}

void refuse(jackgw_mapped_target* target, const jackgw_problem* source) noexcept {
    try {
        target->result = read_problem(source);
    } catch (...) {
        target->result.reset();
    }
}

/// A message must have both, or it could neither be sent nor be found again.
bool lacks_address(const std::variant<Mapped, Problem>& result) {
    const auto* mapped = std::get_if<Mapped>(&result);
    return mapped != nullptr && (mapped->to.empty() || mapped->from.empty());
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
    source.reply_from = to_c(draft.reply_from);
    jackgw_mapped_target target;
    try {
        lease_->registrations().mapper->map(lease_->instance(), &source, {&target, &put, &refuse});
    } catch (...) {
        target.result.reset();
    }
    if (target.result && (draft.preview || !lacks_address(*target.result))) return std::move(*target.result);
    return Problem{"channel", "CHANNEL_FAILED",
                   "the channel's plugin gave no answer that can be used; its log may say why"};
}

std::variant<std::string, Problem> PluginMapper::normalize_address(std::string_view address) const {
    TextSink normalized;
    const CallResult result = call_plugin(lease_->registrations().mapper->normalize_address,
                                          lease_->instance(), to_c(address), normalized.sink());
    std::string address_of_guest;
    if (result.ok() && copy_text(to_c(normalized.text()), address_of_guest) && !address_of_guest.empty())
        return address_of_guest;
    return Problem{"address", "INVALID_ADDRESS",
                   result.error.empty() ? "not an address of this channel" : remark(to_c(result.error))};
}

}  // namespace jackgw::plugins
