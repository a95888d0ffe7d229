#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults.h"
#include "http_server.h"
#include "sids.h"

namespace jackgw::sms::simulator {

/// What a guest sends along: a URL that is anybody's, or bytes that the simulator keeps.
struct GuestMedium {
    std::string url;  // empty: the bytes count
    std::string content_type;
    std::string bytes;
};

/// The media that guests have sent, for as long as the simulator runs, and how they are had (Twilio's
/// documentation of the Messages resource): the API's resource redirects to a CDN that wants no credentials.
/// Safe from any thread.
class MediaBox {
  public:
    MediaBox(std::string account_base, FaultBox& faults);

    /// Where the simulator is reached; before any medium is kept.
    void set_base_url(std::string url);

    /// Keeps the bytes; their URL at the API.
    std::string keep(const std::string& message_sid, const GuestMedium& medium);

    /// A request for "/2010-04-01/Accounts/AC…/Messages/MM…/Media/ME…" that has been authenticated. Nothing:
    /// another path.
    std::optional<HttpResponse> resource(const HttpRequest& request);

    /// True for paths that cdn() answers.
    static bool is_cdn(std::string_view path);

    /// Refuses requests that carry credentials: they would have gone to a stranger.
    HttpResponse cdn(const HttpRequest& request);

  private:
    struct Kept {
        std::string message_sid, content_type, bytes;
    };
    std::optional<Kept> find(const std::string& sid) const;

    const std::string account_base_;
    FaultBox& faults_;
    SidGenerator sids_;
    mutable std::mutex mutex_;
    std::string base_url_;
    std::map<std::string, Kept> by_sid_;
};

}  // namespace jackgw::sms::simulator
