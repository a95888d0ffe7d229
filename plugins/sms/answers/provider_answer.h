#pragma once

#include <jackgw/cpp/http_client.h>

#include <cstdint>
#include <optional>
#include <string>

namespace jackgw::sms {

/// An error as Twilio says it.
struct SaidError {
    std::int32_t code = 0;
    std::string message{};  ///< its own words; may be empty
};

/// The error in an answer that is Twilio's own: JSON with an integer code of its range and either message
/// with status or more_info, or RFC 9457's title, status and the like (Twilio's documentation of the Messages
/// resource). Nothing: somebody else has answered, such as a proxy or a captive portal, and the answer says
/// nothing about the message. Pure.
std::optional<SaidError> said_error(const plugin::HttpAnswer& answer);

/// What came instead of an answer of Twilio's, and what to check: status, type and length, nothing of the
/// body, which may repeat the request. Pure.
std::string describe_foreign(const plugin::HttpAnswer& answer);

}  // namespace jackgw::sms
