#pragma once

#include <cstddef>

namespace jackgw::sms {

/// Septets that a character takes in the GSM 7-bit default alphabet (3GPP TS 23.038, section 6.2.1): 1 in the
/// basic table, 2 in the extension table (an escape before it), 0 if it is in neither.
std::size_t gsm7_septets(char32_t character);

}  // namespace jackgw::sms
