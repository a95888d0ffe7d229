#include "base/time_zone.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace jackgw {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

class TimeZone::Rules {
  public:
    explicit Rules(std::unique_ptr<icu::TimeZone> zone) : zone_(std::move(zone)) {}

    milliseconds offset(Timestamp at) const {
        std::int32_t raw = 0;
        std::int32_t daylight = 0;
        UErrorCode error = U_ZERO_ERROR;
        zone_->getOffset(static_cast<double>(to_micros(at)) / 1000.0, 0, raw, daylight, error);
        return U_FAILURE(error) != 0 ? milliseconds{0} : milliseconds{raw + daylight};
    }

  private:
    const std::unique_ptr<icu::TimeZone> zone_;
};

std::optional<TimeZone> TimeZone::find(const std::string& name) {
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
    if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
    return TimeZone(std::make_shared<const Rules>(std::move(zone)));
}

milliseconds TimeZone::offset(Timestamp at) const {
    return rules_->offset(at);
}

minutes TimeZone::time_of_day(Timestamp at) const {
    const Timestamp local = at + offset(at);
    return std::chrono::floor<minutes>(local - std::chrono::floor<days>(local));
}

Timestamp TimeZone::next(minutes time_of_day, Timestamp at) const {
    const Timestamp midnight = std::chrono::floor<days>(at + offset(at));
    for (days day{0};; ++day) {
        const Timestamp local = midnight + day + time_of_day;
        // With the offset that is in force there: the one of now may end before.
        const Timestamp guess = local - offset(at);
        const Timestamp moment = local - offset(guess);
        if (moment > at) return moment;
        // The clocks are put forward past it.
        if (guess > at) return guess;
    }
}

}  // namespace jackgw
