#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// E.164: '+', a digit but 0, and at most 14 more digits.
bool is_e164(std::string_view text);

/// The SID of a messaging service: "MG" and 32 hex digits.
bool is_messaging_service_sid(std::string_view text);

/// A number as people write it with its country code, "+1 (555) 123-4567", in E.164; nothing if it is none.
/// It looks at the form alone, and numbers without '+' are none: for ours, and for what is known already.
/// What people type as a guest's number is read by read_recipient.
std::optional<std::string> normalize_number(std::string_view typed);

}  // namespace jackgw::sms
