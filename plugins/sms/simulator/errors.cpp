#include "errors.h"

#include <algorithm>
#include <array>

namespace jackgw::sms::simulator {

namespace {

struct Row {
    int code;
    int http_status;
    std::string_view text;  // {} is where the offending value goes
};

constexpr std::array rows{
    Row{20001, 400, "Invalid parameter {}"},
    Row{20003, 401, "Authenticate"},
    Row{20004, 405, "Method not allowed"},
    Row{20009, 409, "Cannot change a message that is still in progress: {}"},
    Row{20404, 404, "The requested resource {} was not found"},
    Row{20429, 429, "Too Many Requests"},
    Row{20500, 500, "Internal Server Error"},
    Row{20503, 503, "Service Unavailable"},
    Row{21211, 400, "The 'To' number {} is not a valid phone number."},
    Row{21212, 400,
        "The 'From' number {} is not a valid phone number, shortcode, or alphanumeric sender ID."},
    Row{21266, 400, "'To' and 'From' number cannot be the same: {}"},
    Row{21408, 400, "Permission to send an SMS has not been enabled for the region of the 'To' number: {}."},
    Row{21602, 400, "Message body is required."},
    Row{21603, 400, "A 'From' phone number is required."},
    Row{21604, 400, "A 'To' phone number is required."},
    Row{21606, 400,
        "The 'From' phone number {} is not a valid, SMS-capable inbound phone number or short code for your "
        "account."},
    Row{21609, 400, "The 'StatusCallback' URL {} is not a valid URL."},
    Row{21610, 400, "Attempt to send to unsubscribed recipient"},
    Row{21611, 429, "This 'From' number {} has exceeded the maximum number of queued messages."},
    Row{21612, 400, "The 'To' phone number {} is not currently reachable using the 'From' phone number."},
    Row{21614, 400, "'To' number {} is not a valid mobile number"},
    Row{21617, 400, "The concatenated message body exceeds the 1600 character limit"},
    Row{21620, 400, "Invalid media URL(s)"},
    Row{21623, 400, "Number of media files exceeds allowed limit"},
    Row{21659, 400, "'{}' is not a Twilio phone number or short code of this account"},
    Row{21701, 404, "The Messaging Service {} does not exist"},
    Row{30409, 409, "This message cannot be canceled: it is not scheduled"},
    Row{35114, 400, "Scheduling does not support this timestamp: {}"},
    Row{35118, 400, "MessagingServiceSid is required to schedule a message"},
};

constexpr std::array delivery_rows{
    Row{30001, 0, "Queue overflow"},
    Row{30002, 0, "Account suspended"},
    Row{30003, 0, "Unreachable destination handset"},
    Row{30004, 0, "Message blocked"},
    Row{30005, 0, "Unknown destination handset"},
    Row{30006, 0, "Landline or unreachable carrier"},
    Row{30007, 0, "Message filtered"},
    Row{30008, 0, "Unknown error"},
    Row{30036, 0, "Validity period expired"},
};

}  // namespace

ApiError api_error(int code, std::string_view value) {
    const auto row = std::ranges::find(rows, code, &Row::code);
    if (row == rows.end()) return {400, code, "Error " + std::to_string(code)};
    std::string text(row->text);
    if (const auto gap = text.find("{}"); gap != std::string::npos) text.replace(gap, 2, value);
    return {row->http_status, code, text};
}

std::string delivery_error_text(int code) {
    const auto row = std::ranges::find(delivery_rows, code, &Row::code);
    return row == delivery_rows.end() ? "Unknown error" : std::string(row->text);
}

}  // namespace jackgw::sms::simulator
