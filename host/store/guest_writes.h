#pragma once

#include <string>

#include "base/time.h"
#include "model/consent.h"
#include "model/message.h"

namespace jackgw::store {

struct ReceiveResult {
    bool duplicate = false;  ///< known from before: nothing was changed; the ids may be empty
    std::string message_id;
    std::string conversation_id;
    std::string guest_id;
};

struct ConsentReport {
    Consent consent;
    std::string dedup_key;  ///< empty: always recorded
    NameValues raw;
    Timestamp received_at{};
};

/// What a guest writes, as channels report it. Each function is one atomic operation, durable when it
/// returns; see Store for what all of them throw and take.
class GuestWrites {
  public:
    virtual ~GuestWrites() = default;

    /// Stores a guest's message: identifies or creates the guest, gets or creates the conversation (see
    /// next_state), inserts message, consent and events. (channel, provider message id) is stored once, also
    /// after retention or erasure.
    virtual ReceiveResult receive(const InboundMessage& message) = 0;

    /// Records a consent without a message; false: the dedup key was known.
    virtual bool record_consent(const ConsentReport& report) = 0;
};

}  // namespace jackgw::store
