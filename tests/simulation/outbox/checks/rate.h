#pragma once

#include <map>
#include <vector>

#include "../world.h"

namespace jackgw::test {

/// What a lane's rate promises: over any window from one message to another at most burst + rate · time
/// segments, and what the last has beyond the burst. Of one run of the program: a start forgets debts.
class RateCheck {
  public:
    explicit RateCheck(World& world) : world_(world) {}

    void on_claim(const store::Lane& lane, std::int64_t segments);
    bool claimed_within(const store::Lane& lane, std::chrono::microseconds time) const {
        const auto found = lanes_.find(lane);
        return found != lanes_.end() && world_.now() - found->second.back().at <= time;
    }
    void restarted() { lanes_.clear(); }

  private:
    struct Gone {
        SteadyTime at;
        std::int64_t segments;
    };

    World& world_;
    std::map<store::Lane, std::vector<Gone>> lanes_;
};

}  // namespace jackgw::test
