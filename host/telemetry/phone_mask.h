#pragma once

#include <string>
#include <string_view>

namespace jackgw::telemetry {

/// Masks what looks like a phone number in prose; the rest comes back as it is.
///
/// A plus sign and at least seven digits (single spaces, dots, hyphens, brackets and slashes may stand
/// between them; "%2B" counts as a plus) are always taken for one: the country code and the last digits stay,
/// as in
/// "+1***4567". Seven to fifteen digits without a plus stay by their last digits, as in "***4567", unless
/// they are part of a longer word or number (ids, UUIDs, decimals), a date or a POSIX time, are followed by a
/// unit ("ms", "bytes") or preceded by a name that says they are a quantity ("duration_us=", "seq ").
std::string mask_phone_numbers(std::string_view text);

/// True for names of fields and keys whose numbers are no phone numbers: "duration_us", "seq", "bytes", "id".
bool names_a_quantity(std::string_view name);

}  // namespace jackgw::telemetry
