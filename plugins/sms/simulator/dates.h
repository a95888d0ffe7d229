#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock.h"

namespace jackgw::sms::simulator {

/// "Sun, 22 Nov 2026 16:38:14 +0000": RFC 2822, as the REST API writes dates.
std::string to_rfc2822(Time time);

/// "Sun, 22 Nov 2026 16:38:14 GMT": a date in a header of HTTP.
std::string to_http_date(Time time);

/// "2611221638", the form of RawDlrDoneDate in a receipt.
std::string to_receipt_date(Time time);

/// A filter's or a schedule's date: "2026-11-22" (midnight UTC) or "2026-11-22T16:38:14Z", with a fraction or
/// not. Nothing if malformed or not a date of the calendar.
std::optional<Time> parse_date(std::string_view text);

/// True for the short form, which as a filter means the whole day.
bool is_whole_day(std::string_view text);

}  // namespace jackgw::sms::simulator
