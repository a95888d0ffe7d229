#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace jackgw::test {

/// Bugs that are planted to see that they are found.
enum class SendingPlant {
    none,
    resends_unknown,        ///< what the provider may have is sent again at once
    forgets_acknowledged,   ///< a request is acknowledged and not stored
    stores_refused,         ///< a request is refused and stored
    swaps_order,            ///< a message goes before an earlier one
    sends_too_fast,         ///< ten times the lane's rate
    ignores_opt_out,        ///< an opt-out is acknowledged and not stored
    sends_canceled,         ///< a cancellation is acknowledged and not done
    moves_back,             ///< what was delivered is shown as sent
    disturbs,               ///< quiet hours are not kept
    loses_its_turn,         ///< a message is blocked behind nobody
    keeps_expired,          ///< a message lives an hour longer than it was to
    expires_early,          ///< … or shorter
    denies_acceptance,      ///< what the provider has taken is shown as rejected
    claims_acceptance,      ///< what it has rejected is shown as sent
    never_hears_of_doubts,  ///< what the provider says about doubtful attempts is dropped
    overlooks_a_lane        ///< a lane's messages are never claimed
};

struct SendingResult {
    std::vector<std::string> complaints;  ///< of the moment at which the first was found; empty: all is well
    std::chrono::microseconds passed{};   ///< of the simulated time
    std::uint64_t events = 0;
    std::uint64_t messages = 0;  ///< acknowledged
    std::uint64_t accepted = 0;  ///< by the provider
    std::uint64_t doubts = 0;    ///< attempts whose outcome was unknown
    std::uint64_t settled = 0;   ///< of those, by the provider's list
    std::uint64_t refused = 0;   ///< requests that the store refused
    std::uint64_t restarts = 0;
};

/// One life of the outbox: clients, guests, operators, a moody provider, clocks that are set, a disk that
/// fails, and the real store, dispatcher and reconciler among them. One thread, simulated time, and all of it
/// follows from the seed. On a trace, if there is one, each step is told.
SendingResult simulate_sending(std::uint64_t seed, SendingPlant plant = SendingPlant::none,
                               std::ostream* trace = nullptr);

}  // namespace jackgw::test
