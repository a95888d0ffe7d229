#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::store {

/// Whose things somebody may see: all, or those of some properties. What lies outside is as if it weren't
/// there.
struct Scope {
    std::optional<std::vector<std::string>> properties{};  ///< their ids, each once; nothing: all

    bool all() const { return !properties; }
    bool includes(std::string_view property) const {
        return all() || std::ranges::find(*properties, property) != properties->end();
    }
};

}  // namespace jackgw::store
