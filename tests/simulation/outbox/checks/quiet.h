#pragma once

#include <map>
#include <string>

#include "../world.h"
#include "outbox/quiet_hours.h"

namespace jackgw::test {

/// In quiet hours nothing begins that isn't urgent, nor an answer to somebody who has just written.
class QuietCheck {
  public:
    explicit QuietCheck(World& world) : world_(world) {}

    /// `sure`: it is the last that is stored; else it may be.
    void guest_wrote(const std::string& guest, Timestamp at, bool sure) {
        Timestamp& last = wrote_at_[guest];
        last = sure ? at : std::max(last, at);
    }

    void on_claim(const Entry& entry) const {
        if (entry.request.priority == Priority::urgent) return;
        const auto& hours = world_.pacing.of(entry.request.channel).quiet_hours;
        if (!hours || !outbox::quiet_until(*hours, world_.clock.now())) return;
        const auto wrote = wrote_at_.find(entry.request.to);
        if (wrote != wrote_at_.end() && world_.clock.now() - wrote->second <= hours->answer_within) return;
        world_.complain("quiet: " + entry.label() + " goes in quiet hours");
    }

  private:
    World& world_;
    std::map<std::string, Timestamp> wrote_at_;
};

}  // namespace jackgw::test
