#include "http/outgoing/connection_pool.h"

#include <algorithm>

namespace jackgw::http {

std::unique_ptr<Transport> ConnectionPool::take(const std::string& key) {
    for (;;) {
        std::vector<Idle> expired;  // closed outside of the lock, as is what turns out to be dead
        std::unique_ptr<Transport> candidate;
        {
            const std::lock_guard lock(mutex_);
            const auto found = idle_.find(key);
            if (found == idle_.end()) return nullptr;
            auto& waiting = found->second;
            const auto now = clock_.steady_now();
            const auto dead = std::stable_partition(waiting.begin(), waiting.end(),
                                                    [&](const Idle& idle) { return idle.until > now; });
            std::move(dead, waiting.end(), std::back_inserter(expired));
            waiting.erase(dead, waiting.end());
            if (!waiting.empty()) {
                candidate = std::move(waiting.back().transport);
                waiting.pop_back();
            }
            if (waiting.empty()) idle_.erase(found);
        }
        if (!candidate || candidate->is_quiet()) return candidate;
    }
}

void ConnectionPool::give(const std::string& key, std::unique_ptr<Transport> transport, SteadyTime until) {
    if (max_idle_per_host_ == 0) return;
    std::unique_ptr<Transport> surplus;
    const std::lock_guard lock(mutex_);
    auto& waiting = idle_[key];
    waiting.push_back({std::move(transport), until});
    if (waiting.size() > max_idle_per_host_) {
        surplus = std::move(waiting.front().transport);
        waiting.erase(waiting.begin());
    }
}

void ConnectionPool::close_all() {
    decltype(idle_) closing;
    const std::lock_guard lock(mutex_);
    closing.swap(idle_);
}

}  // namespace jackgw::http
