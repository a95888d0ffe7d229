#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::sms::simulator {

/// A webhook's URL taken apart the way the provider uses it (Twilio's documentation of request signatures and
/// messaging webhooks).
struct TargetUrl {
    std::string signed_url;  // without credentials and fragment
    std::string scheme;      // http or https
    std::string host;
    std::uint16_t port = 80;
    std::string authority;    // for the Host header
    std::string target;       // path and query, as they are written
    std::string credentials;  // "user:password" or empty

    // Connection overrides from the fragment, as in "#rc=3&rp=all". Without them a request is repeated only
    // if no connection came about.
    std::optional<unsigned> retry_count;
    bool retry_4xx = false;
    bool retry_5xx = false;
    bool retry_read_timeout = false;
};

/// Nothing if it is no absolute http or https URL.
std::optional<TargetUrl> parse_target_url(std::string_view url);

}  // namespace jackgw::sms::simulator
