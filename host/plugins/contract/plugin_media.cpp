#include "plugins/contract/plugin_media.h"

#include <jackgw/ext/media.h>

#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/call.h"
#include "plugins/contract/mapped.h"

/// The sinks' targets as the plugin sees them.
struct jackgw_problem_target {
    std::optional<jackgw::Problem> problem;
    bool put = false;
};
struct jackgw_media_target {
    jackgw::MediaSink& sink;
    std::uint64_t left;  // that may still come
    bool begun = false;
    bool given_up = false;
    bool too_large = false;
    bool misused = false;
};

namespace jackgw::plugins {

namespace {

using Kind = MediaResult::Kind;

void put_problem(jackgw_problem_target* target, const jackgw_problem* source) noexcept {
    try {
        target->put = true;
        target->problem = read_problem(source);
    } catch (...) {
        target->problem.reset();  // `put` stays: there is a problem, though it can't be told
    }
}

std::int32_t take_head(jackgw_media_target* target, const jackgw_media_head* head) noexcept {
    try {
        if (target->begun || head == nullptr ||
            !covers(head->struct_size, offsetof(jackgw_media_head, length) + sizeof(head->length))) {
            target->misused = true;
            return 0;
        }
        MediaHead copy{remark(head->content_type), std::nullopt};
        if (head->length >= 0) copy.length = static_cast<std::uint64_t>(head->length);
        target->too_large = copy.length.value_or(0) > target->left;
        if (target->too_large) return 0;
        target->begun = true;
        target->given_up = !target->sink.head(copy);
        return target->given_up ? 0 : 1;
    } catch (...) {
        target->misused = true;
        return 0;
    }
}

std::int32_t take_body(jackgw_media_target* target, jackgw_str piece) noexcept {
    try {
        if (!target->begun || target->given_up) return 0;
        target->too_large = piece.length > target->left;
        if (target->too_large) return 0;
        target->left -= piece.length;
        target->given_up = !target->sink.body(view(piece));
        return target->given_up ? 0 : 1;
    } catch (...) {
        target->misused = true;
        return 0;
    }
}

Kind to_kind(jackgw_status status) {
    switch (status) {
        case JACKGW_OK:
            return Kind::complete;
        case JACKGW_E_TIMEOUT:
            return Kind::timed_out;
        case JACKGW_E_TOO_LARGE:
            return Kind::too_large;
        case JACKGW_E_UNAVAILABLE:
            return Kind::unavailable;
        case JACKGW_E_INVALID_ARGUMENT:
            return Kind::refused;
        case JACKGW_E_NOT_SUPPORTED:
            return Kind::not_supported;
        default:
            return Kind::failed;
    }
}

Problem failed_check(const std::string& reason) {
    return {"mediaUrls", "MEDIA_CHECK_FAILED",
            "the media could not be checked" + (reason.empty() ? std::string() : ": " + reason)};
}

}  // namespace

PluginMedia::PluginMedia(Lease lease)
    : lease_(std::move(lease)),
      table_(static_cast<const jackgw_media_access*>(lease_->plugin_extension(JACKGW_EXT_MEDIA))) {}

std::optional<Problem> PluginMedia::check(const std::vector<std::string>& urls) {
    if (table_ == nullptr ||
        !covers(table_->struct_size, offsetof(jackgw_media_access, check) + sizeof(table_->check)) ||
        table_->check == nullptr)
        return std::nullopt;
    std::vector<jackgw_str> views;
    views.reserve(urls.size());
    for (const std::string& url : urls) views.push_back(to_c(url));
    jackgw_problem_target target;
    const CallResult result =
        call_plugin(table_->check, lease_->instance(), jackgw_strs{views.data(), views.size()},
                    jackgw_problem_sink{&target, &put_problem});
    if (target.problem) return std::move(target.problem);
    if (target.put || !result.ok()) return failed_check(remark(to_c(result.error)));
    return std::nullopt;
}

MediaResult PluginMedia::fetch(const MediaRequest& request, MediaSink& sink) {
    if (table_ == nullptr ||
        !covers(table_->struct_size, offsetof(jackgw_media_access, fetch) + sizeof(table_->fetch)) ||
        table_->fetch == nullptr)
        return {Kind::not_supported, "the channel's plugin can't fetch media"};
    std::vector<jackgw_pair> raw;
    raw.reserve(request.raw.size());
    for (const auto& [name, value] : request.raw) raw.push_back({to_c(name), to_c(value)});
    jackgw_media_request source{};
    source.struct_size = sizeof(source);
    source.index = request.index;
    source.url = to_c(request.url);
    source.content_type = to_c(request.content_type);
    source.provider_message_id = to_c(request.provider_message_id);
    source.raw = {raw.data(), raw.size()};
    source.max_bytes = request.max_bytes;
    source.timeout_ms = request.timeout.count();

    jackgw_media_target target{sink, request.max_bytes};
    const CallResult result =
        call_plugin(table_->fetch, lease_->instance(), static_cast<const jackgw_media_request*>(&source),
                    jackgw_media_sink{&target, &take_head, &take_body});
    if (target.given_up) return {Kind::given_up, "no more of the medium was wanted"};
    if (target.too_large)
        return {Kind::too_large,
                "the medium is longer than the " + std::to_string(request.max_bytes) + " bytes allowed"};
    if (target.misused || (result.ok() && !target.begun))
        return {Kind::failed, "the channel's plugin gave no medium; its log may say why"};
    return {to_kind(result.status), remark(to_c(result.error))};
}

}  // namespace jackgw::plugins
