#pragma once

#include "upgraded.h"

namespace jackgw::test {

/// All that the API shows of guests, conversations, messages and outbox. Each message stands there once, with
/// its attempts and events; where an answer repeats it, its id stands in its place after a look that both are
/// the same.
Json shown(Upgraded& gateway);

}  // namespace jackgw::test
