#pragma once

#include "../world.h"

namespace jackgw::test {

/// At most once without a positive answer: the provider takes no message twice.
inline void check_acceptance(World& world, const Entry& entry) {
    if (entry.acceptances.size() > 1)
        world.complain("twice: " + entry.label() + " was taken as " + entry.acceptances[0] + " and as " +
                       entry.acceptances[1]);
    if (entry.canceled) world.complain("canceled: " + entry.label() + " was sent all the same");
}

}  // namespace jackgw::test
