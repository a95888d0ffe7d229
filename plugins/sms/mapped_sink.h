#pragma once

#include <jackgw/ext/mapper.h>

#include "sms/mapper.h"

namespace jackgw::sms {

/// Tells the host how a draft is sent, or why it isn't.
void put(const Mapped& mapped, const jackgw_mapped_sink& sink);
void put(const Problem& problem, const jackgw_mapped_sink& sink);

}  // namespace jackgw::sms
