#include "store/holds.h"

#include <array>
#include <utility>

namespace jackgw::store {

namespace {

constexpr std::array<std::pair<HoldScope, std::string_view>, 3> words{{
    {HoldScope::sender, "sender"},
    {HoldScope::account, "account"},
    {HoldScope::channel, "channel"},
}};

}  // namespace

std::string_view to_string(HoldScope scope) {
    for (const auto& [value, text] : words)
        if (value == scope) return text;
    return {};
}

std::optional<HoldScope> parse_hold_scope(std::string_view text) {
    for (const auto& [value, word] : words)
        if (word == text) return value;
    return std::nullopt;
}

}  // namespace jackgw::store
