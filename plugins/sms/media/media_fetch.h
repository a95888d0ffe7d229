#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/media.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "sms/media/media_hosts.h"

namespace jackgw::sms {

/// The time since some moment, never set back. Injected.
using Elapsed = std::function<std::chrono::milliseconds()>;

/// The value of the Authorization header for the account that a message's parameters name; nothing: the
/// account isn't one of the channel's.
using Authorize = std::function<std::optional<std::string>(jackgw_pairs raw)>;

/// Fetches guests' media: from Twilio with the account's credentials, then from the CDN to which Twilio
/// redirects, without them (Twilio's documentation of the Messages resource). No other host is asked, and
/// none on an address that isn't public. Safe from any thread.
class MediaFetcher {
  public:
    MediaFetcher(MediaHosts hosts, Authorize authorize, const plugin::HttpClient& client, Elapsed elapsed);

    /// Throws plugin::Failure with the status of the contract.
    void fetch(const jackgw_media_request& request, const plugin::MediaSink& sink) const;

  private:
    const MediaHosts hosts_;
    const Authorize authorize_;
    const plugin::HttpClient client_;
    const Elapsed elapsed_;
};

}  // namespace jackgw::sms
