#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/delivery.h"
#include "model/message.h"

namespace jackgw::store {

/// Whether a message that a report fails is sent again by itself, as a new one.
struct ResendRule {
    std::int32_t limit = 0;             ///< how many may be made of one message; 0: none
    std::chrono::microseconds after{};  ///< how long a new one waits

    bool operator==(const ResendRule&) const = default;
};

struct StatusUpdate {
    std::string channel;
    std::string attempt_id;  ///< may be empty
    std::string provider_message_id;
    DeliveryReport report;
    bool opted_out = false;
    std::vector<std::string> opt_out_scopes;  ///< opted out for these, too, not for the sender alone
    ResendRule resend;                        ///< surely not delivered: what to do about it
    NameValues raw;
    Timestamp received_at{};
};

enum class StatusResult { applied, noted, duplicate, no_message };

/// What providers report about messages that they took. See Store for what all functions throw and take.
class Reports {
  public:
    virtual ~Reports() = default;

    /// Applies a provider's report: found by attempt id, else by (channel, provider message id). The report
    /// is kept as an event in any case, once for each (provider message id, status, error code). An opt-out
    /// that it tells of is recorded for each scope for which the guest is not opted out yet, nor has opted in
    /// since the message's latest attempt began. Where it fails the message for the first time, a new message
    /// is made of it as the report's rule says, in the same transaction: unless another was made of it
    /// already, the guest has opted out, it would be expired by then, or its conversation is closed. Where it
    /// says of a failed message that the provider or the guest has it after all, what was made of that and
    /// still waits is canceled.
    virtual StatusResult apply_status(const StatusUpdate& update) = 0;
};

}  // namespace jackgw::store
