#pragma once

#include <string>

namespace jackgw::test {

/// True if a whole line of the text is this one.
inline bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace jackgw::test
