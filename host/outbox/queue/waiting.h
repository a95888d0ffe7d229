#pragma once

#include <optional>
#include <string_view>

#include "store/readers.h"
#include "store/seam/session.h"

namespace jackgw::outbox {

/// What a message of the outbox waits for; nothing: it doesn't wait. Whether the channel's plugin is ready,
/// the store doesn't know.
std::optional<store::Waiting> waiting_of(store::Session& session, std::string_view message_id,
                                         const Moment& now, const store::Scope& within);

}  // namespace jackgw::outbox
