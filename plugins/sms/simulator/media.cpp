#include "media.h"

#include <utility>

#include "errors.h"
#include "shapes.h"

namespace jackgw::sms::simulator {

namespace {

constexpr std::string_view cdn_prefix = "/cdn/";

HttpResponse error_response(int code, const std::string& path) {
    const ApiError error = api_error(code, path);
    return {.status = error.http_status, .body = Shapes::error(error)};
}

}  // namespace

MediaBox::MediaBox(std::string account_base, FaultBox& faults)
    : account_base_(std::move(account_base)), faults_(faults) {}

void MediaBox::set_base_url(std::string url) {
    const std::lock_guard lock(mutex_);
    base_url_ = std::move(url);
}

std::string MediaBox::keep(const std::string& message_sid, const GuestMedium& medium) {
    const std::string sid = sids_.next("ME");
    const std::lock_guard lock(mutex_);
    by_sid_[sid] = {message_sid, medium.content_type, medium.bytes};
    return base_url_ + account_base_ + "/Messages/" + message_sid + "/Media/" + sid;
}

std::optional<MediaBox::Kept> MediaBox::find(const std::string& sid) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_sid_.find(sid);
    return found == by_sid_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<HttpResponse> MediaBox::resource(const HttpRequest& request) {
    const std::string prefix = account_base_ + "/Messages/";
    const std::string_view middle = "/Media/";
    const auto at = request.path.find(middle);
    if (!request.path.starts_with(prefix) || at == std::string::npos) return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD") return error_response(20004, request.path);
    const std::string message_sid = request.path.substr(prefix.size(), at - prefix.size());
    const std::string sid = request.path.substr(at + middle.size());
    const auto kept = find(sid);
    const auto fault = faults_.take_of({FaultKind::media_missing, FaultKind::media_elsewhere});
    const bool missing = fault && fault->kind == FaultKind::media_missing;
    if (!kept || kept->message_sid != message_sid || missing) return error_response(20404, request.path);
    const std::string target = (fault ? "https://media.example.com/" : std::string(cdn_prefix)) + sid;
    return HttpResponse{.status = 307, .headers = {{"Location", target}}};
}

bool MediaBox::is_cdn(std::string_view path) {
    return path.starts_with(cdn_prefix);
}

HttpResponse MediaBox::cdn(const HttpRequest& request) {
    if (request.method != "GET" && request.method != "HEAD") return {.status = 405};
    if (!request.authorization.empty())
        return {.status = 400, .body = R"({"error":"credentials at the CDN"})"};
    const auto kept = find(request.path.substr(cdn_prefix.size()));
    if (!kept) return {.status = 404};
    const auto fault = faults_.take_of({FaultKind::media_slow, FaultKind::media_chunked});
    if (fault && fault->kind == FaultKind::media_slow) faults_.hold(std::chrono::milliseconds{fault->value});
    return {.status = 200,
            .content_type = kept->content_type,
            .body = kept->bytes,
            .chunked = fault && fault->kind == FaultKind::media_chunked};
}

}  // namespace jackgw::sms::simulator
