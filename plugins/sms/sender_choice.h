#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sms/mapper.h"
#include "sms/senders.h"

namespace jackgw::sms {

/// What a message goes from.
struct SenderChoice {
    std::string from;
    std::vector<std::string> warnings;  ///< for whoever sends it
};

/// Chooses the sender of a draft to `to`, a number in E.164: the one that it names, else the one that the
/// guest is to be answered from, else the default one. What the channel's senders can't do is refused before
/// any call. A number that isn't known passes where the channel has a service, whose pool it may be of.
std::variant<SenderChoice, Problem> choose_sender(const Senders& senders, const Draft& draft,
                                                  std::string_view to);

}  // namespace jackgw::sms
