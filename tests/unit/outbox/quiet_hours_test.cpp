#include "outbox/quiet_hours.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::outbox;

namespace {

Timestamp at(const std::string& text) {
    return parse_iso8601(text).value();
}

QuietHours quiet(const std::string& zone, std::chrono::minutes from, std::chrono::minutes to) {
    return {from, to, TimeZone::find(zone).value(), 0s};
}

}  // namespace

TEST_CASE("quiet hours are those of the hotel's clocks", "[outbox][quiet_hours]") {
    struct Row {
        std::string zone;
        std::chrono::minutes from;
        std::chrono::minutes to;
        std::string now;
        std::string until;  // empty: it isn't quiet
    };
    const auto row = GENERATE(values<Row>({
        {"Europe/Vienna", 22h, 7h, "2026-11-22T20:59:59Z", ""},
        {"Europe/Vienna", 22h, 7h, "2026-11-22T21:00:00Z", "2026-11-23T06:00:00Z"},
        {"Europe/Vienna", 22h, 7h, "2026-11-23T05:59:59Z", "2026-11-23T06:00:00Z"},
        {"Europe/Vienna", 22h, 7h, "2026-11-23T06:00:00Z", ""},
        // summer
        {"Europe/Vienna", 22h, 7h, "2026-07-01T20:00:00Z", "2026-07-02T05:00:00Z"},
        // the nights in which the clocks change: 29 March forward, 25 October back
        {"Europe/Vienna", 22h, 7h, "2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"},
        {"Europe/Vienna", 22h, 7h, "2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z"},
        // an end that the clocks jump over, from 2:00 to 3:00
        {"Europe/Vienna", 22h, 2h + 30min, "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"},
        // within one day
        {"America/New_York", 13h, 15h, "2026-11-22T18:30:00Z", "2026-11-22T20:00:00Z"},
        {"America/New_York", 13h, 15h, "2026-11-22T20:00:00Z", ""},
        {"Asia/Kathmandu", 22h, 6h, "2026-11-22T16:15:00Z", "2026-11-23T00:15:00Z"},
        {"UTC", 22h, 7h, "2026-11-22T23:00:00Z", "2026-11-23T07:00:00Z"},
    }));
    CAPTURE(row.zone, row.now);
    const auto until = quiet_until(quiet(row.zone, row.from, row.to), at(row.now));
    CHECK((until ? to_iso8601(*until) : "") == (row.until.empty() ? "" : to_iso8601(at(row.until))));
}

TEST_CASE("a zone that nobody knows is none", "[outbox][quiet_hours]") {
    CHECK_FALSE(TimeZone::find("Europe/Atlantis"));
    CHECK_FALSE(TimeZone::find(""));
    CHECK(TimeZone::find("Etc/UTC"));
}
