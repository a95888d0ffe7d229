#include "store/sqlite/write_probe.h"

#include <string>

#include "base/errors.h"

namespace jackgw::store::sqlite {

bool WriteProbe::is_pending() const {
    return result_.valid() && result_.wait_for(std::chrono::seconds{0}) != std::future_status::ready;
}

void WriteProbe::check() {
    std::shared_future<void> result;
    std::chrono::steady_clock::time_point deadline;
    {
        const std::lock_guard lock(mutex_);
        const SteadyTime now = clock_.steady_now();
        if (!result_.valid() || (!is_pending() && now - begun_ >= period)) {
            begun_ = now;
            deadline_ = std::chrono::steady_clock::now() + longest_;
            result_ = write_().share();
        }
        result = result_;
        deadline = deadline_;
    }
    if (result.wait_until(deadline) != std::future_status::ready)
        throw Unavailable("no write has become durable for " + std::to_string(longest_.count()) +
                          " ms: the disk is blocked or far too slow, or another program holds the database");
    result.get();
}

}  // namespace jackgw::store::sqlite
