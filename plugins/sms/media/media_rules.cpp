#include "sms/media/media_rules.h"

#include <string>

#include "sms/media/media_types.h"
#include "sms/options.h"
#include "sms/signature/url_parts.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

constexpr std::size_t longest_shown = 200;

std::string quoted(std::string_view url) {
    return "\"" + std::string(cut(url, longest_shown)) + "\"";
}

std::optional<Problem> check_media_url(std::string_view url, bool insecure) {
    const auto parts = read_url(url);
    // First of all, so that no other complaint repeats it.
    if (has_user_info(url)) {
        return Problem{"mediaUrls", "INVALID_MEDIA_URL",
                       "the URL" + (parts ? " at " + std::string(cut(parts->host, longest_shown)) : "") +
                           " has a user name or password in it, which everybody who reads the conversation "
                           "would see: use one that needs none"};
    }
    if (!parts || (parts->scheme != "https" && !(insecure && is_loopback(url)))) {
        return Problem{"mediaUrls", "INVALID_MEDIA_URL",
                       quoted(url) + " is not an absolute https URL: the provider fetches media from there"};
    }
    const std::string extension = extension_of(parts->path);
    const std::string_view type = type_of_extension(extension);
    if (!type.empty() && !is_accepted_type(type)) {
        return Problem{"mediaUrls", "UNSUPPORTED_MEDIA_TYPE",
                       quoted(url) + " is a ." + extension + " file (" + std::string(type) +
                           "), which MMS doesn't carry: send a picture (JPEG, PNG, GIF), a video, a sound, a "
                           "PDF or a contact (VCF), or write the link into the text"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Problem> check_media_urls(const std::vector<std::string_view>& urls, bool insecure) {
    if (urls.size() > most_media) {
        return Problem{"mediaUrls", "TOO_MANY_MEDIA",
                       std::to_string(urls.size()) + " media were given, at most " +
                           std::to_string(most_media) + " can be sent in one message"};
    }
    for (const std::string_view url : urls) {
        if (auto problem = check_media_url(url, insecure)) return problem;
    }
    return std::nullopt;
}

}  // namespace jackgw::sms
