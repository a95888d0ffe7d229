#pragma once

#include <cstdint>
#include <filesystem>

namespace jackgw::bench {

/// What a gateway's database holds.
struct Stored {
    std::uint64_t messages = 0;
    std::uint64_t guests = 0;
};

/// Reads it; the gateway has ended. Throws std::runtime_error.
Stored count_stored(const std::filesystem::path& database);

}  // namespace jackgw::bench
