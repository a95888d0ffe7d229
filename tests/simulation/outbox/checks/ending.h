#pragma once

#include "../world.h"

namespace jackgw::test {

/// When all faults are over and enough time has passed, each message has ended, and truthfully.
void check_ending(World& world);

}  // namespace jackgw::test
