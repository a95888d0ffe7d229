#pragma once

#include <string>
#include <variant>

#include "model/message.h"
#include "store/guest_writes.h"
#include "store/reports.h"

namespace jackgw::conversations {

/// A report that can't be stored because it lacks what would identify it. That is the plugin's mistake: what
/// a guest wrote is never a reason.
struct BadReport {
    std::string message;
};

/// Takes what plugins report: messages, delivery reports, consents. Durable when a function returns. Safe
/// from any thread. Throws what the store throws.
class Reports {
  public:
    virtual ~Reports() = default;

    virtual std::variant<store::ReceiveResult, BadReport> receive(InboundMessage message) = 0;
    virtual std::variant<store::StatusResult, BadReport> apply_status(store::StatusUpdate update) = 0;
    /// True: recorded; false: its dedup key was known.
    virtual std::variant<bool, BadReport> record_consent(store::ConsentReport report) = 0;
};

}  // namespace jackgw::conversations
