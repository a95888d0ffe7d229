#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace jackgw::test {

/// Bugs that are planted to see that they are found.
enum class Plant {
    none,
    disk_lies,          ///< nothing is ever synced, as with PRAGMA synchronous = OFF
    tail_stays,         ///< what a failed COMMIT left in the log is not overwritten
    log_is_trusted,     ///< what a start finds in the log is not made durable
    answers_too_early,  ///< an operation is acknowledged whatever becomes of its COMMIT
    loses_an_event,     ///< half of an operation is gone after a restart
    counter_runs_back,  ///< the counter stands on a number that was given
    claims_twice,       ///< a message gets a second attempt while the first has no outcome
    index_is_damaged    ///< an index doesn't fit its table
};

struct SimulationResult {
    std::vector<std::string> complaints;  ///< of the moment at which the first was found; empty: all is well
    std::uint64_t operations = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
    std::uint64_t unknown = 0;  ///< answered so
    std::uint64_t unheard = 0;  ///< the process died before it answered
    std::uint64_t cuts = 0;
    std::uint64_t kills = 0;
};

/// One life of a store on a disk whose power fails: random operations, a fault now and then at a random call
/// of its file system, restarts, and after each what must hold is looked up. All of it follows from the seed.
/// On a trace, if there is one, each step is told.
SimulationResult simulate(std::uint64_t seed, Plant plant = Plant::none, std::ostream* trace = nullptr);

}  // namespace jackgw::test
