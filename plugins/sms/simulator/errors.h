#pragma once

#include <string>
#include <string_view>

namespace jackgw::sms::simulator {

/// What the REST API answers when it refuses: `{"code", "message", "more_info", "status"}`.
struct ApiError {
    int http_status;
    int code;
    std::string message;

    bool operator==(const ApiError&) const = default;
};

/// The error with its documented HTTP status and text; `value` fills the text's gap if it has one. A code
/// that the table doesn't know is answered as 400.
ApiError api_error(int code, std::string_view value = {});

/// The short text that a message's `error_message` has for a delivery error such as 30003.
std::string delivery_error_text(int code);

}  // namespace jackgw::sms::simulator
