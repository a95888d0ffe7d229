#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jackgw::config {

/// The one of the allowed words that the given one is probably meant to be; empty: none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& allowed);

/// "unknown property; did you mean "main"?", or the list of what is allowed.
std::string unknown(const std::string& kind, std::string_view word, const std::vector<std::string>& allowed);

/// The same for a key of a table.
std::string unknown_key(std::string_view key, const std::vector<std::string>& allowed);

}  // namespace jackgw::config
