#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jackgw::bench {

struct Options {
    std::vector<int> connections{1, 16, 64, 250};
    double seconds = 5;  ///< of load for each mode and number of connections, in all rounds together
    int rounds = 4;      ///< the modes take turns this often, so that noise hits all of them
    std::uint32_t senders = 5000;
    std::string other;          ///< another build's jack-gateway to compare with; empty: none
    std::size_t rate = 20'000;  ///< requests a second that are signed beforehand
};

/// Reads the command line. Nothing: it is done, with `exit_code`.
std::optional<Options> read_options(int count, char** arguments, int& exit_code);

}  // namespace jackgw::bench
