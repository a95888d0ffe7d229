#include "outbox/quiet_hours.h"

namespace jackgw::outbox {

std::optional<Timestamp> quiet_until(const QuietHours& hours, Timestamp now) {
    const std::chrono::minutes time = hours.zone.time_of_day(now);
    const bool over_midnight = hours.to < hours.from;
    const bool quiet =
        over_midnight ? time >= hours.from || time < hours.to : time >= hours.from && time < hours.to;
    if (!quiet) return std::nullopt;
    return hours.zone.next(hours.to, now);
}

}  // namespace jackgw::outbox
