#pragma once

#include <functional>
#include <string_view>

namespace jackgw::outbox {

/// Tells a hook of something that failed; the hook may be empty, and what it throws is dropped.
inline void report_problem(const std::function<void(std::string_view)>& hook,
                           std::string_view text) noexcept {
    if (!hook) return;
    try {
        hook(text);
    } catch (...) {
        return;  // there is nobody left to tell
    }
}

}  // namespace jackgw::outbox
