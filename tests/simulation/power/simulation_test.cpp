// The store on a disk whose power fails: whole lives of it, each from a seed.
//
// JACKGW_POWER_SEED=n replays one and tells each step; JACKGW_POWER_SECONDS=n looks for so long, not ten.
#include "simulation.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

using namespace jackgw::test;

namespace {

std::string joined(const std::vector<std::string>& complaints) {
    std::string text;
    for (const std::string& each : complaints) text += "\n  " + each;
    return text;
}

void replay(std::uint64_t seed) {
    const SimulationResult result = simulate(seed, Plant::none, &std::cout);
    INFO("seed " << seed << joined(result.complaints));
    CHECK(result.complaints.empty());
}

struct Planted {
    Plant plant;
    const char* name;
    const char* found_as;  // the kind of complaint
    std::uint64_t within;  // seeds
};

}  // namespace

TEST_CASE("Whatever the disk does: what was acknowledged stays, what was refused never comes back") {
    if (const char* seed = std::getenv("JACKGW_POWER_SEED")) return replay(std::stoull(seed));
    const char* wanted = std::getenv("JACKGW_POWER_SECONDS");
    const std::chrono::seconds time{wanted != nullptr ? std::stol(wanted) : 10};
    const std::uint64_t first = std::random_device{}();
    SimulationResult sum;
    std::uint64_t lives = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < time) {
        const std::uint64_t seed = first + lives++;
        const SimulationResult result = simulate(seed);
        INFO("replay with JACKGW_POWER_SEED=" << seed << joined(result.complaints));
        REQUIRE(result.complaints.empty());
        sum.operations += result.operations;
        sum.acknowledged += result.acknowledged;
        sum.refused += result.refused;
        sum.unknown += result.unknown;
        sum.unheard += result.unheard;
        sum.cuts += result.cuts;
        sum.kills += result.kills;
    }
    std::cout << lives << " lives from seed " << first << ": " << sum.operations << " operations, "
              << sum.acknowledged << " acknowledged, " << sum.refused << " refused, " << sum.unknown
              << " unknown, " << sum.unheard << " unheard; " << sum.cuts << " power cuts, " << sum.kills
              << " kills" << std::endl;
    CHECK(sum.acknowledged > 0);
    CHECK(sum.refused > 0);
    CHECK(sum.unknown > 0);
    CHECK(sum.unheard > 0);
}

TEST_CASE("A life follows from its seed") {
    const SimulationResult one = simulate(7);
    const SimulationResult two = simulate(7);
    CHECK(one.operations == two.operations);
    CHECK(one.acknowledged == two.acknowledged);
    CHECK(one.unheard == two.unheard);
    CHECK(one.cuts == two.cuts);
}

TEST_CASE("Each planted bug is found, and as what it is") {
    const Planted planted =
        GENERATE(Planted{Plant::disk_lies, "a disk that lies about syncs", "lost", 20},
                 Planted{Plant::tail_stays, "a failed commit stays in the log", "came back", 100},
                 Planted{Plant::answers_too_early, "answers before the commit", "lost", 50},
                 Planted{Plant::loses_an_event, "half of an operation", "half", 10},
                 Planted{Plant::counter_runs_back, "a counter that runs back", "numbers", 10},
                 Planted{Plant::claims_twice, "two attempts at once", "attempts", 50},
                 Planted{Plant::index_is_damaged, "a damaged index", "integrity", 10});
    std::uint64_t seed = 1;
    bool found = false;
    for (; seed <= planted.within && !found; ++seed)
        for (const std::string& each : simulate(seed, planted.plant).complaints)
            found = found || each.starts_with(planted.found_as);
    std::cout << planted.name << ": found after " << seed - 1 << " lives" << std::endl;
    INFO(planted.name);
    CHECK(found);
}
