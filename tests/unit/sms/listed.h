#pragma once

#include <string>
#include <vector>

#include "samples.h"
#include "sms/reconcile/message_list.h"

namespace jackgw::sms::test {

inline constexpr std::int64_t second = 1'000'000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t noon = 1'795'348'800 * second;  ///< Sun, 22 Nov 2026 12:00:00 UTC

/// A message of ours to the guest, created at noon and still queued.
inline ListedMessage listed(const std::string& sid, std::int64_t created = noon) {
    ListedMessage message;
    message.sid = sid;
    message.account_sid = account;
    message.direction = "outbound-api";
    message.from = hotel;
    message.to = guest;
    message.body = "Your room is ready";
    message.status = "queued";
    message.created = created;
    return message;
}

}  // namespace jackgw::sms::test
