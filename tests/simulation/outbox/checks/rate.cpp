#include "rate.h"

namespace jackgw::test {

void RateCheck::on_claim(const store::Lane& lane, std::int64_t segments) {
    const outbox::Pace& pace = world_.pacing.pace_of(lane);
    std::vector<Gone>& gone = lanes_[lane];
    gone.push_back({world_.now(), segments});
    const std::int64_t beyond = std::max<std::int64_t>(segments - pace.burst, 0);
    std::int64_t sum = 0;
    for (std::size_t i = gone.size(); i-- > 0;) {
        sum += gone[i].segments;
        const double time = std::chrono::duration<double>(world_.now() - gone[i].at).count();
        const double allowed = static_cast<double>(pace.burst + beyond) + pace.segments_per_second * time;
        if (static_cast<double>(sum) > allowed + 0.001)
            return world_.complain("rate: " + std::to_string(sum) + " segments of " + lane.sender + " in " +
                                   std::to_string(time) + " s");
        // Beyond an hour a window says nothing that shorter ones don't.
        if (time > 3600) return;
    }
}

}  // namespace jackgw::test
