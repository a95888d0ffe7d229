#pragma once

// What the tests include is Catch2 2's header. Where Catch2 3 is installed, which has none of that name, this one stands in
// its place: all that differs between the two is here and in tests/CMakeLists.txt.

#include <catch2/catch_all.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace Catch {

namespace Matchers {

/// Catch2 3 keeps this name for elements of ranges; of a text it means a part, as before.
template <std::convertible_to<std::string> Text>
StringContainsMatcher Contains(Text&& part) {
    return ContainsSubstring(std::forward<Text>(part));
}

}  // namespace Matchers

using namespace Matchers;

inline std::uint32_t rngSeed() {
    return getSeed();
}

}  // namespace Catch
