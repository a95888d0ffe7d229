#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The dates that a provider writes, and the day that it counts by. Times are microseconds since 1970, UTC.
/// Pure.
namespace jackgw::sms {

/// RFC 9110 section 5.6.7, all three forms: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"
/// and "Sun Nov  6 08:49:37 1994". `now`: two digits of a year are read as at most fifty years ahead of it.
std::optional<std::int64_t> read_http_date(std::string_view text, std::int64_t now);

/// RFC 2822 as the REST API writes it, with a numeric zone: "Sun, 22 Nov 2026 16:38:14 +0000".
std::optional<std::int64_t> read_rfc2822_date(std::string_view text);

/// Milliseconds of a Retry-After: seconds, or a date, which counts from `now`. At most a day, the longest
/// that Twilio documents; 0 where the date has passed. Nothing: malformed or negative.
std::optional<std::int64_t> read_retry_after(std::string_view text, std::int64_t now);

/// Milliseconds until a new day has surely begun in Pacific time: a minute past midnight, since clocks
/// differ.
std::int64_t until_pacific_midnight(std::int64_t now);

}  // namespace jackgw::sms
