#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sms/mapper.h"

namespace jackgw::sms {

/// What is wrong with the URLs of media that are to be sent, as far as the URLs themselves tell (Twilio's
/// documentation of the Messages resource). `insecure`: http is allowed, too. Pure.
std::optional<Problem> check_media_urls(const std::vector<std::string_view>& urls, bool insecure);

}  // namespace jackgw::sms
