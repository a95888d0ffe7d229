#pragma once

#include <chrono>
#include <thread>

namespace jackgw::test {

/// Polls until the condition holds; false if it doesn't within the deadline. For what happens on other
/// threads.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds longest = std::chrono::seconds{20}) {
    const auto deadline = std::chrono::steady_clock::now() + longest;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

}  // namespace jackgw::test
