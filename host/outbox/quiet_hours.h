#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"
#include "base/time_zone.h"

namespace jackgw::outbox {

/// When a channel writes to no guest by itself, by the clocks of its hotel. Urgent messages go all the same.
struct QuietHours {
    std::chrono::minutes from{};  ///< since midnight
    std::chrono::minutes to{};    ///< not any more; earlier than `from`: of the next day
    TimeZone zone;
    std::chrono::seconds
        answer_within{};  ///< so long after a guest has written, an answer may go; zero: none
};

/// When the quiet hours end that it is now in; nothing: it isn't. Pure.
std::optional<Timestamp> quiet_until(const QuietHours& hours, Timestamp now);

}  // namespace jackgw::outbox
