// The outbox among moody providers, failing disks and hasty people: whole lives of it, each from a seed.
//
// JACKGW_SENDING_SEED=n replays one and tells each step; JACKGW_SENDING_SECONDS=n looks for so long, not ten.
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
    const SendingResult result = simulate_sending(seed, SendingPlant::none, &std::cout);
    INFO("seed " << seed << joined(result.complaints));
    CHECK(result.complaints.empty());
}

void add(SendingResult& sum, const SendingResult& one) {
    sum.passed += one.passed;
    sum.events += one.events;
    sum.messages += one.messages;
    sum.accepted += one.accepted;
    sum.doubts += one.doubts;
    sum.settled += one.settled;
    sum.refused += one.refused;
    sum.restarts += one.restarts;
}

struct Planted {
    SendingPlant plant;
    const char* name;
    const char* found_as;  // the kind of complaint
    std::uint64_t within;  // seeds
};

}  // namespace

TEST_CASE("Whatever happens: nothing is sent twice, late or unasked, and each message ends truthfully") {
    if (const char* seed = std::getenv("JACKGW_SENDING_SEED")) return replay(std::stoull(seed));
    const char* wanted = std::getenv("JACKGW_SENDING_SECONDS");
    const std::chrono::seconds time{wanted != nullptr ? std::stol(wanted) : 10};
    const std::uint64_t first = std::random_device{}();
    SendingResult sum;
    std::uint64_t lives = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < time) {
        const std::uint64_t seed = first + lives++;
        const SendingResult result = simulate_sending(seed);
        INFO("replay with JACKGW_SENDING_SEED=" << seed << joined(result.complaints));
        REQUIRE(result.complaints.empty());
        add(sum, result);
    }
    std::cout << lives << " lives from seed " << first << ": "
              << std::chrono::duration_cast<std::chrono::hours>(sum.passed).count() << " simulated hours, "
              << sum.events << " events, " << sum.messages << " messages, " << sum.accepted << " accepted, "
              << sum.doubts << " doubts, " << sum.settled << " settled by the list, " << sum.refused
              << " requests refused, " << sum.restarts << " starts" << std::endl;
    CHECK(sum.accepted > 0);
    CHECK(sum.settled > 0);
    CHECK(sum.refused > 0);
}

TEST_CASE("A life of the outbox follows from its seed") {
    const SendingResult one = simulate_sending(7);
    const SendingResult two = simulate_sending(7);
    CHECK(one.passed == two.passed);
    CHECK(one.events == two.events);
    CHECK(one.accepted == two.accepted);
    CHECK(one.restarts == two.restarts);
}

TEST_CASE("Each bug planted in the outbox is found, and as what it is") {
    using Plant = SendingPlant;
    const Planted planted =
        GENERATE(Planted{Plant::resends_unknown, "unknown is sent again", "twice", 10},
                 Planted{Plant::forgets_acknowledged, "an acknowledged request is lost", "lost", 10},
                 Planted{Plant::stores_refused, "a refused request is stored", "came back", 10},
                 Planted{Plant::swaps_order, "an earlier message is overtaken", "order", 10},
                 Planted{Plant::sends_too_fast, "the rate is exceeded", "rate", 10},
                 Planted{Plant::ignores_opt_out, "an opt-out is dropped", "consent", 10},
                 Planted{Plant::sends_canceled, "a cancellation is dropped", "canceled", 10},
                 Planted{Plant::moves_back, "a delivery goes back", "back", 10},
                 Planted{Plant::disturbs, "quiet hours are broken", "quiet", 10},
                 Planted{Plant::loses_its_turn, "a message waits behind nobody", "waits", 10},
                 Planted{Plant::keeps_expired, "a message outlives its expiry", "expiry", 10},
                 Planted{Plant::expires_early, "a message expires early", "expiry", 10},
                 Planted{Plant::denies_acceptance, "an acceptance is denied", "end", 10},
                 Planted{Plant::claims_acceptance, "an acceptance is claimed", "end", 10},
                 Planted{Plant::never_hears_of_doubts, "doubts are never settled", "end", 10},
                 Planted{Plant::overlooks_a_lane, "a lane is overlooked", "waits", 10});
    std::uint64_t seed = 1;
    bool found = false;
    for (; seed <= planted.within && !found; ++seed)
        for (const std::string& each : simulate_sending(seed, planted.plant).complaints)
            found = found || each.starts_with(planted.found_as);
    std::cout << planted.name << ": found after " << seed - 1 << " lives" << std::endl;
    INFO(planted.name);
    CHECK(found);
}
