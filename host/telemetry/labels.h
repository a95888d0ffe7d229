#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jackgw::telemetry {

/// A label's value out of a closed set; what isn't in it is "other", so that nobody makes series without end.
inline std::string one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::string(std::find(words.begin(), words.end(), word) != words.end() ? word : "other");
}

}  // namespace jackgw::telemetry
