#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/ext/sender.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sms/answers/provider_errors.h"

namespace jackgw::sms {

/// What became of one attempt to send; jackgw_outcome with texts of its own.
struct Outcome {
    std::int32_t kind = JACKGW_OUTCOME_UNKNOWN;
    std::string provider_message_id{};
    std::string provider_status{};
    std::int32_t delivery = JACKGW_DELIVERY_UNCHANGED;
    std::uint32_t flags = 0;
    std::string error_code{};
    std::int32_t provider_error_code = 0;
    std::int32_t segments = 0;
    std::string error_message{};
    std::int64_t retry_after_ms = -1;
    /// Where the guest has opted out: what of ours that holds for.
    std::vector<std::string> opt_out_scopes{};
    Concerns concerns = Concerns::message;  ///< whom it concerns, unless it is accepted

    void put(jackgw_outcome_sink sink) const;
};

/// Reads Twilio's answer to a request that created a message, or what the HTTP client says where none came
/// (Twilio's error dictionary). In doubt the outcome is unknown: there is no idempotency
/// key, and a text sent twice is worse than one that is looked for. Only Twilio's own word fails a message:
/// what a proxy, a captive portal or another server answers says nothing about it and concerns the channel.
/// `now`: microseconds since 1970, UTC; dates and limits for the day count from then.
Outcome classify(const plugin::HttpAnswer& answer, std::int64_t now);

}  // namespace jackgw::sms
