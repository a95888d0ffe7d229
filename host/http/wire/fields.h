#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace jackgw::http {

enum class FieldFault { none, malformed, too_many };

/// Reads the header lines of a message, each ended by CRLF, without the empty line. Strict, since two readers
/// that disagree about a line are how requests are smuggled: no folded lines, no space before the colon, no
/// bare CR or LF.
FieldFault parse_fields(std::string_view lines, std::vector<Header>& out, std::size_t max_fields = 100);

}  // namespace jackgw::http
