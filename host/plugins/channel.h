#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "plugins/generation.h"

namespace jackgw::plugins {

/// A configured channel: the place where its live generation stands. Safe from any thread.
class Channel {
  public:
    explicit Channel(std::string name) : name_(std::move(name)) {}

    const std::string& name() const { return name_; }

    /// A lease on the live generation; nothing while there is none.
    std::optional<Lease> lease() const {
        const std::lock_guard lock(mutex_);
        if (!live_) return std::nullopt;
        // Taken under the lock: once `publish` has returned, no lease on the former generation begins any
        // more.
        return std::optional<Lease>(std::in_place, live_);
    }

    /// Puts a generation in the place of the live one, which is returned. Null: the channel goes off.
    std::shared_ptr<Generation> publish(std::shared_ptr<Generation> next) {
        const std::lock_guard lock(mutex_);
        live_.swap(next);
        return next;
    }

    std::shared_ptr<const Generation> live() const {
        const std::lock_guard lock(mutex_);
        return live_;
    }

  private:
    std::string name_;
    mutable std::mutex mutex_;
    std::shared_ptr<Generation> live_;
};

}  // namespace jackgw::plugins
