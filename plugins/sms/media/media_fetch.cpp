#include "sms/media/media_fetch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sms/media/media_types.h"
#include "sms/signature/url_parts.h"

namespace jackgw::sms {

namespace {

using plugin::Failure;
using plugin::view;
using std::chrono::milliseconds;

constexpr int most_requests = 4;  // the API and three redirects: one is usual
constexpr milliseconds connect_timeout{5'000};

bool is_redirect(std::int32_t status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string host_of(std::string_view url) {
    const auto parts = read_url(url);
    return parts ? std::string(parts->host) : "an unreadable URL";
}

/// One answer on the way: a redirect, the medium itself, or neither.
class Hop final : public plugin::HttpReceiver {
  public:
    explicit Hop(const plugin::MediaSink& sink) : sink_(sink) {}

    void head(std::int32_t status, jackgw_pairs headers) override {
        status_ = status;
        if (is_redirect(status)) location_ = plugin::find_header(headers, "Location").value_or("");
        if (status != 200) return;
        // None was asked for, and what is encoded would reach the caller without its name.
        const auto coding = plugin::find_header(headers, "Content-Encoding").value_or("identity");
        if (coding != "identity") return;
        began_ = true;
        wanted_ = sink_.head(plugin::find_header(headers, "Content-Type").value_or(""), length_of(headers));
    }

    bool body(std::string_view piece) override { return wanted_ && (wanted_ = sink_.body(piece)); }

    std::int32_t status() const { return status_; }
    const std::string& location() const { return location_; }
    bool began() const { return began_; }
    /// False: the sink has said that it has enough.
    bool wanted() const { return wanted_; }

  private:
    static std::optional<std::uint64_t> length_of(jackgw_pairs headers) {
        // With both the chunks are right (RFC 9112, 6.3).
        if (plugin::find_header(headers, "Transfer-Encoding")) return std::nullopt;
        return read_length(plugin::find_header(headers, "Content-Length").value_or(""));
    }

    const plugin::MediaSink& sink_;
    std::int32_t status_ = 0;
    std::string location_;
    bool began_ = false;
    bool wanted_ = false;
};

Failure refusal(std::int32_t status, const std::string& host) {
    const std::string what = host + " answered " + std::to_string(status);
    if (status == 404 || status == 410) return Failure(what + ": Twilio doesn't have the medium any more");
    if (status == 401 || status == 403)
        return Failure(what + ": check the account's credentials, and who may read its media");
    if (status == 200) return Failure(what + " in an encoding that wasn't asked for");
    return Failure(what);
}

}  // namespace

MediaFetcher::MediaFetcher(MediaHosts hosts, Authorize authorize, const plugin::HttpClient& client,
                           Elapsed elapsed)
    : hosts_(std::move(hosts)),
      authorize_(std::move(authorize)),
      client_(client),
      elapsed_(std::move(elapsed)) {}

void MediaFetcher::fetch(const jackgw_media_request& request, const plugin::MediaSink& sink) const {
    const auto authorization = authorize_(request.raw);
    if (!authorization)
        throw Failure("the message came to an account that the channel doesn't have (any more)");
    const milliseconds deadline = elapsed_() + milliseconds(request.timeout_ms);
    std::string url(view(request.url));
    bool credentials = true;
    for (int made = 0; made < most_requests; ++made) {
        const MediaHost whose = hosts_.classify(url);
        if (whose == MediaHost::elsewhere)
            throw Failure("it leads to " + host_of(url) + ", from where no media are fetched",
                          JACKGW_E_INVALID_ARGUMENT);
        credentials = credentials && whose == MediaHost::provider;  // once away from the API, never again
        const milliseconds left = deadline - elapsed_();
        if (left <= milliseconds::zero()) throw Failure("it took too long", JACKGW_E_TIMEOUT);

        std::vector<jackgw_pair> headers{plugin::pair("User-Agent", "jackgw-sms"),
                                         plugin::pair("Accept-Encoding", "identity")};
        if (credentials) headers.push_back(plugin::pair("Authorization", *authorization));
        Hop hop(sink);
        const auto answer =
            client_.request({.url = url,
                             .headers = headers,
                             .connect_timeout = std::min(connect_timeout, left),
                             .total_timeout = left,
                             .max_response_body = request.max_bytes,
                             .flags = hosts_.is_simulator(url) ? 0U : std::uint32_t{JACKGW_HTTP_PUBLIC_ONLY}},
                            hop);
        if (hop.began()) {
            if (answer.result == JACKGW_OK || !hop.wanted()) return;
            throw Failure(answer.error, answer.result);
        }
        // The body of anything else isn't read, which ends the request early: its head is what counts.
        if (hop.status() == 0) throw Failure(answer.error, answer.result);
        const auto next = follow(url, hop.location());
        if (!is_redirect(hop.status()) || !next) throw refusal(hop.status(), host_of(url));
        url = *next;
    }
    throw Failure("it was redirected too often");
}

}  // namespace jackgw::sms
