#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/time.h"

namespace jackgw {

/// The clocks of a place: how local time runs there, summer time included. Immutable; copies share; safe from
/// any thread. What it knows is ICU's, for the compilers' own time zones come later than this program's.
class TimeZone {
  public:
    /// Nothing: no zone of this IANA name is known.
    static std::optional<TimeZone> find(const std::string& name);

    /// What a clock on the wall there shows: time since its midnight.
    std::chrono::minutes time_of_day(Timestamp at) const;

    /// The next moment after `at` at which it shows that time. On a day on which clocks are put forward past
    /// it: about when it would have been.
    Timestamp next(std::chrono::minutes time_of_day, Timestamp at) const;

  private:
    class Rules;
    explicit TimeZone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}

    std::chrono::milliseconds offset(Timestamp at) const;

    std::shared_ptr<const Rules> rules_;
};

}  // namespace jackgw
