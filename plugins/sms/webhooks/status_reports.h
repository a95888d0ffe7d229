#pragma once

#include <jackgw/cpp/conversations.h>
#include <jackgw/cpp/log.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "sms/answers/faults.h"
#include "sms/options.h"

namespace jackgw::sms {

/// What Twilio says about a message that it took: in a status callback, or in the message's resource. Views.
struct SaidStatus {
    std::string_view sid;
    std::string_view word;     ///< its status
    std::int32_t code = 0;     ///< its error code; 0: none
    std::string_view message;  ///< its own words for that; may be empty
    std::string_view from;     ///< the number that it was sent from; may be empty
    std::string_view service;  ///< the messaging service that it was sent by; may be empty
};

/// Tells the host what Twilio says about messages (Twilio's documentation of status callbacks, the error
/// dictionary and opt-out keywords). It is read here alone, so that a callback and a look-up can't be read
/// differently. Safe from any thread.
class StatusReports {
  public:
    /// `faults`: where it notes what an operator has to mend; it must outlive this object.
    StatusReports(const Options& options, const plugin::Conversations& conversations, const plugin::Log& log,
                  Faults& faults);

    /// `attempt_id` may be empty; `raw`: all that Twilio told, as it is kept.
    plugin::Reported report(const SaidStatus& said, std::string_view attempt_id, jackgw_pairs raw,
                            jackgw_time_us received_at) const;

  private:
    void tell(const SaidStatus& said, std::int32_t delivery, const std::string& words) const;

    const Senders senders_;
    const Resending resending_;
    const plugin::Conversations conversations_;
    const plugin::Log log_;
    Faults& faults_;
};

}  // namespace jackgw::sms
