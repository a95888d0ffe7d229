#pragma once

#include "sms/simulator/clock.h"
#include "sms/simulator/dates.h"

namespace jackgw::sms::simulator {

/// A clock that moves only when a test says so.
struct ManualClock final : Clock {
    Time time = *parse_date("2026-11-22T16:38:14Z");
    Time now() const override { return time; }
};

}  // namespace jackgw::sms::simulator
