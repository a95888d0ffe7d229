#include "sms/media/media_check.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sms/media/media_types.h"
#include "sms/options.h"
#include "sms/signature/url_parts.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

using plugin::MediaProblem;
using std::chrono::milliseconds;

constexpr milliseconds patience{20'000};  // for all media of a message
constexpr milliseconds longest_request{10'000};
constexpr milliseconds connect_timeout{5'000};
constexpr int most_requests = 4;  // for one URL: redirects are followed, as Twilio does
constexpr std::size_t longest_shown = 200;

MediaProblem unreachable(std::string_view url, const std::string& why) {
    return {"MEDIA_UNREACHABLE", "\"" + std::string(cut(url, longest_shown)) + "\" can't be fetched: " + why};
}

std::string kilobytes(std::uint64_t bytes) {
    return std::to_string((bytes + 1023) / 1024) + " kB";
}

}  // namespace

std::optional<MediaProblem> MediaJudge::judge(std::string_view url, const MediaFacts& facts) {
    const std::string shown = "\"" + std::string(cut(url, longest_shown)) + "\"";
    if (facts.status < 200 || facts.status > 299)
        return unreachable(url, "its server answered " + std::to_string(facts.status) + " to HEAD");
    if (!is_accepted_type(facts.content_type)) {
        const std::string type = bare_type(facts.content_type);
        return MediaProblem{
            "UNSUPPORTED_MEDIA_TYPE",
            shown + (type.empty() ? " has no Content-Type" : " is of type " + type) +
                ", which MMS doesn't carry: send a picture (JPEG, PNG, GIF), a video, a sound, "
                "a PDF or a contact, or write the link into the text"};
    }
    if (!facts.length) return std::nullopt;
    if (!is_resized_type(facts.content_type) && *facts.length > most_other_bytes) {
        return MediaProblem{"MEDIA_TOO_LARGE", shown + " has " + kilobytes(*facts.length) +
                                                   "; media of type " + bare_type(facts.content_type) +
                                                   " may have " + kilobytes(most_other_bytes)};
    }
    bytes_ += std::min(*facts.length, most_media_bytes + 1);
    if (bytes_ > most_media_bytes) {
        return MediaProblem{"MEDIA_TOO_LARGE", "the media have more than " + kilobytes(most_media_bytes) +
                                                   " in all with " + shown + ": send fewer or smaller ones"};
    }
    return std::nullopt;
}

MediaChecker::MediaChecker(bool insecure, const plugin::HttpClient& client, Elapsed elapsed)
    : insecure_(insecure), client_(client), elapsed_(std::move(elapsed)) {}

std::optional<MediaProblem> MediaChecker::check(jackgw_strs urls) const {
    const milliseconds deadline = elapsed_() + patience;
    MediaJudge judge;
    for (const jackgw_str url : plugin::view(urls)) {
        MediaFacts facts;
        if (auto problem = ask(plugin::view(url), deadline, facts)) return problem;
        if (auto problem = judge.judge(plugin::view(url), facts)) return problem;
    }
    return std::nullopt;
}

std::optional<MediaProblem> MediaChecker::ask(std::string_view given, milliseconds deadline,
                                              MediaFacts& facts) const {
    std::string url(given.substr(0, given.find('#')));  // a fragment is never sent
    for (int made = 0; made < most_requests; ++made) {
        const auto parts = read_url(url);
        const bool local = insecure_ && is_loopback(url);
        if (!parts || (parts->scheme != "https" && !local))
            return unreachable(given, "it redirects to what is no https URL");
        const milliseconds left = std::min(deadline - elapsed_(), longest_request);
        if (left <= milliseconds::zero())
            return unreachable(given, "there was no time left to ask its server");

        const std::array headers{plugin::pair("User-Agent", "jackgw-sms"),
                                 plugin::pair("Accept-Encoding", "identity")};
        const auto answer = client_.request({.method = "HEAD",
                                             .url = url,
                                             .headers = headers,
                                             .connect_timeout = std::min(connect_timeout, left),
                                             .total_timeout = left,
                                             .flags = local ? 0U : std::uint32_t{JACKGW_HTTP_PUBLIC_ONLY}});
        if (answer.result != JACKGW_OK) return unreachable(given, answer.error);
        facts.status = answer.status;
        facts.content_type = answer.header("Content-Type").value_or("");
        facts.length = read_length(answer.header("Content-Length").value_or(""));
        if (answer.status / 100 != 3) return std::nullopt;
        const auto next = follow(url, answer.header("Location").value_or(""));
        if (!next) return std::nullopt;  // the judge has a word on it
        url = *next;
    }
    return unreachable(given, "it redirects too often");
}

}  // namespace jackgw::sms
