#pragma once

#include <string_view>

#include "model/message.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// Saves what delivery changes in a message (delivery, provider's id, segments), and logs message.status.
void save_delivery(store::Transaction& transaction, Message& message);

/// A message that could not be sent in time.
inline constexpr std::string_view expired_code = "EXPIRED";
inline constexpr std::string_view expired_words = "it could not be sent before it expired";

/// Ends a message by our own conclusion: the provider's word may still replace it.
void conclude(store::Transaction& transaction, Message& message, DeliveryState state,
              std::string_view error_code, std::string_view error_message);

}  // namespace jackgw::outbox
