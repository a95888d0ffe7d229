#pragma once

#include <string>
#include <string_view>

namespace jackgw::sms {

/// Who is asked for a guest's media (Twilio's documentation of the Messages resource).
enum class MediaHost {
    provider,  ///< Twilio's API: needs the account's credentials
    cdn,       ///< where Twilio redirects to: must never see them
    elsewhere  ///< nobody is asked there
};

/// Tells where URLs of guests' media lead. Pure.
class MediaHosts {
  public:
    /// `api_base_url` on this machine is a simulator, which is both API and CDN.
    explicit MediaHosts(std::string_view api_base_url);

    MediaHost classify(std::string_view url) const;

    /// True for the simulator's own URLs: the only ones on an address that isn't public.
    bool is_simulator(std::string_view url) const;

  private:
    std::string simulator_origin_;  // empty: there is none
    std::string simulator_api_;     // the path below which its API is
};

}  // namespace jackgw::sms
