#pragma once

#include <string>
#include <string_view>

namespace jackgw::sms {

/// The query parameter of the status callback that carries the host's attempt id.
inline constexpr std::string_view attempt_parameter = "attempt";

/// Where Twilio is to report one attempt: the URL with the attempt's id behind what query it has, before a
/// fragment (Twilio's connection overrides). Without an id the URL as it is.
std::string callback_url(std::string_view url, std::string_view attempt_id);

/// The attempt id in the query of a callback; empty if there is none.
std::string attempt_of(std::string_view query);

}  // namespace jackgw::sms
