#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace jackgw::store {

/// No list is longer, nor any limit of one: whoever wants more goes on with the next page.
inline constexpr std::size_t max_listed = 1000;

template <typename T>
struct Page {
    std::vector<T> items;
    std::optional<std::int64_t>
        next;  ///< pass as `after` for the following page; nothing: this is the last one
};

}  // namespace jackgw::store
