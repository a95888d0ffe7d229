#include "target_url.h"

#include <charconv>

namespace jackgw::sms::simulator {

namespace {

/// The part before the first `mark`; the rest, without the mark, stays in `text`.
std::string_view take_until(std::string_view& text, char mark) {
    const auto end = text.find(mark);
    const auto head = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return head;
}

template <typename Number>
bool read_number(std::string_view digits, Number& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size();
}

void read_overrides(std::string_view fragment, TargetUrl& url) {
    while (!fragment.empty()) {
        auto value = take_until(fragment, '&');
        const auto name = take_until(value, '=');
        unsigned count = 0;
        if (name == "rc" && read_number(value, count) && count <= 5) url.retry_count = count;
        if (name != "rp") continue;
        while (!value.empty()) {
            const auto policy = take_until(value, ',');
            url.retry_4xx |= policy == "4xx" || policy == "all";
            url.retry_5xx |= policy == "5xx" || policy == "all";
            url.retry_read_timeout |= policy == "rt" || policy == "all";
        }
    }
}

}  // namespace

std::optional<TargetUrl> parse_target_url(std::string_view text) {
    TargetUrl url;
    const auto before_fragment = take_until(text, '#');
    read_overrides(text, url);

    const auto scheme_end = before_fragment.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    url.scheme = before_fragment.substr(0, scheme_end);
    if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
    const auto rest = before_fragment.substr(scheme_end + 3);
    const auto authority_end = rest.find_first_of("/?");
    auto authority = rest.substr(0, authority_end);
    const auto target =
        authority_end == std::string_view::npos ? std::string_view{} : rest.substr(authority_end);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        url.credentials = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    url.authority = authority;
    url.port = url.scheme == "https" ? 443 : 80;
    url.host = take_until(authority, ':');
    if (url.host.empty() || (!authority.empty() && !read_number(authority, url.port))) return std::nullopt;
    url.signed_url = url.scheme + "://" + url.authority + std::string(target);
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

}  // namespace jackgw::sms::simulator
