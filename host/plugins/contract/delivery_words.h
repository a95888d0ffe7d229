#pragma once

#include <jackgw/ext/delivery.h>

#include <optional>

#include "model/delivery.h"

namespace jackgw::plugins {

/// The contract's number for a delivery state as ours; nothing for UNCHANGED and numbers that this host
/// doesn't know.
inline std::optional<DeliveryState> delivery_state(std::int32_t state) {
    switch (state) {
        case JACKGW_DELIVERY_PENDING:
            return DeliveryState::pending;
        case JACKGW_DELIVERY_SENDING:
            return DeliveryState::sending;
        case JACKGW_DELIVERY_SENT:
            return DeliveryState::sent;
        case JACKGW_DELIVERY_DELIVERED:
            return DeliveryState::delivered;
        case JACKGW_DELIVERY_FAILED:
            return DeliveryState::failed;
        case JACKGW_DELIVERY_CANCELED:
            return DeliveryState::canceled;
        case JACKGW_DELIVERY_READ:
            return DeliveryState::read;
        default:
            return std::nullopt;
    }
}

}  // namespace jackgw::plugins
