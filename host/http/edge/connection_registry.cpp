#include "http/edge/connection_registry.h"

#include <sys/socket.h>

namespace jackgw::http {

ConnectionRegistry::Entry::Entry(ConnectionRegistry& registry, int descriptor)
    : registry_(registry), descriptor_(descriptor) {
    const std::lock_guard lock(registry_.mutex_);
    registry_.entries_.insert(this);
    ordinal_ = registry_.entries_.size();
}

ConnectionRegistry::Entry::~Entry() {
    // Notified under the lock: once it is free, the waiter may destroy the registry.
    const std::lock_guard lock(registry_.mutex_);
    registry_.entries_.erase(this);
    if (registry_.entries_.empty()) registry_.emptied_.notify_all();
}

bool ConnectionRegistry::Entry::set_idle() {
    // First the mark, then the question; begin_stop() does it the other way round, so one of both sees the
    // other.
    idle_.store(true);
    return !registry_.stopping();
}

std::size_t ConnectionRegistry::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void ConnectionRegistry::begin_stop() {
    stopping_.store(true);
    const std::lock_guard lock(mutex_);
    for (const Entry* entry : entries_) {
        if (entry->idle_.load()) ::shutdown(entry->descriptor_, SHUT_RD);
    }
}

bool ConnectionRegistry::wait_until_empty(std::chrono::milliseconds grace) {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, grace, [this] { return entries_.empty(); });
}

void ConnectionRegistry::cut_all() {
    const std::lock_guard lock(mutex_);
    for (const Entry* entry : entries_) ::shutdown(entry->descriptor_, SHUT_RDWR);
}

}  // namespace jackgw::http
