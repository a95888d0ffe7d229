#pragma once

#include <cstdint>

namespace jackgw::test {

/// A free port that the system gives nobody by itself: whoever dies and comes back finds it free again. Ports
/// that the system chooses may be some connection's meanwhile, even one's to the port itself. Throws
/// std::runtime_error where there is none.
std::uint16_t lasting_port();

}  // namespace jackgw::test
