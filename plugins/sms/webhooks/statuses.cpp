#include "sms/webhooks/statuses.h"

#include <jackgw/ext/delivery.h>

#include <array>
#include <utility>

namespace jackgw::sms {

std::int32_t delivery_of(std::string_view status) {
    static constexpr std::array<std::pair<std::string_view, std::int32_t>, 10> words{{
        {"accepted", JACKGW_DELIVERY_PENDING},
        {"scheduled", JACKGW_DELIVERY_PENDING},
        {"queued", JACKGW_DELIVERY_PENDING},
        {"sending", JACKGW_DELIVERY_SENDING},
        {"sent", JACKGW_DELIVERY_SENT},
        {"delivered", JACKGW_DELIVERY_DELIVERED},
        {"undelivered", JACKGW_DELIVERY_FAILED},
        {"failed", JACKGW_DELIVERY_FAILED},
        {"canceled", JACKGW_DELIVERY_CANCELED},
        {"read", JACKGW_DELIVERY_READ},
    }};
    for (const auto& [word, delivery] : words) {
        if (word == status) return delivery;
    }
    return JACKGW_DELIVERY_UNCHANGED;
}

}  // namespace jackgw::sms
