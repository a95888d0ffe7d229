#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace jackgw::store {

template <typename T>
struct Page {
    std::vector<T> items;
    std::optional<std::int64_t>
        next;  ///< pass as `after` for the following page; nothing: this is the last one
};

}  // namespace jackgw::store
