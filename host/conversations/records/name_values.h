#pragma once

#include <string>
#include <string_view>

#include "model/message.h"

namespace jackgw::conversations {

/// Names and values as a HTML form encodes them: plain ASCII, any byte comes back as it was.
std::string encode(const NameValues& values);
NameValues decode_name_values(std::string_view text);

}  // namespace jackgw::conversations
