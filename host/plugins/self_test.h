#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "model/self_test.h"
#include "plugins/generation.h"

namespace jackgw::plugins {

/// What a self-test found.
struct SelfTestReport {
    std::vector<Check> checks;  ///< in the plugin's order
    std::string error;          ///< why the test as a whole could not be made; empty: it was made
};

/// Runs the self-test of a plugin over the contract; blocks until the deadline. Nothing: the plugin has none.
std::optional<SelfTestReport> run_self_test(const Generation& generation, std::chrono::milliseconds deadline);

}  // namespace jackgw::plugins
