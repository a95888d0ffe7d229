#pragma once

#include <cstdint>
#include <string_view>

namespace jackgw::sms {

/// The delivery state (JACKGW_DELIVERY_…) that a status word of Twilio stands for;
/// JACKGW_DELIVERY_UNCHANGED for a word without counterpart.
std::int32_t delivery_of(std::string_view status);

}  // namespace jackgw::sms
