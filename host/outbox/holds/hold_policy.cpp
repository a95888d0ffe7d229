#include "outbox/holds/hold_policy.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace jackgw::outbox {

std::chrono::microseconds pause_before_probe(const store::HoldPauses& pauses, std::int32_t failed,
                                             std::optional<std::int64_t> retry_after_ms) {
    JACKGW_ASSERT(failed >= 0, "failures are counted from none");
    // Beyond some twenty doublings of the least pause the longest is reached.
    const auto doubled = std::max<std::int64_t>(pauses.first.count(), 1) << std::min(failed, 20);
    const auto pause = std::min(doubled, pauses.longest.count());
    const auto spread = std::chrono::microseconds{
        std::llround(static_cast<double>(pause) * std::clamp(pauses.spread, 0.5, 1.5))};
    // Brought into range as a number first: a provider's nonsense must not overflow the conversion.
    const std::chrono::milliseconds asked{
        std::clamp<std::int64_t>(retry_after_ms.value_or(0), 0, longest_retry_after.count())};
    return std::max<std::chrono::microseconds>(spread, asked);
}

}  // namespace jackgw::outbox
