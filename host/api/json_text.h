#pragma once

#include <Poco/Dynamic/Var.h>

#include <string>
#include <string_view>

namespace jackgw::api {

/// The deepest nesting that is read.
inline constexpr std::size_t max_json_depth = 16;

/// Reads one JSON value from what a caller sent. Throws ApiError: 400 INVALID_JSON if it doesn't parse, 422
/// naming the field for a text or key with malformed UTF-8 (lone surrogate escapes included) or NUL.
Poco::Dynamic::Var parse_untrusted(std::string_view text);

/// Reads JSON that this program wrote; null if it can't be read.
Poco::Dynamic::Var parse_own(const std::string& text);

}  // namespace jackgw::api
