#pragma once

#include <map>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "../../support/fake_clock.h"
#include "model/message.h"
#include "outbox/pacing.h"
#include "simulation.h"
#include "store/lane.h"

namespace jackgw::test {

using namespace std::chrono_literals;

/// A message, as those around the gateway know it. Its content is its label, by which all know it; one that
/// the gateway makes of another by itself has the same content, and is known by its id.
struct Entry {
    OutboundMessage request;
    std::uint64_t number = 0;  ///< of its first request
    std::string id;            ///< ours; empty: nobody was told of it
    bool acknowledged = false;
    bool refused = false;  ///< surely not taken
    bool unclear = false;  ///< a request got no answer: it may have been taken
    bool canceled = false;
    bool maybe_canceled = false;
    bool rejected = false;                  ///< the provider said so
    std::vector<std::string> acceptances;   ///< ids at the provider
    std::optional<Delivery> seen;           ///< where it stood last
    std::string provider_id;                ///< as the gateway shows it
    bool doubted = false;                   ///< its outcome was unknown once
    bool put_off = false;                   ///< by quiet hours, once
    std::optional<SteadyTime> asked_at;     ///< the request that was taken
    std::optional<SteadyTime> asked_until;  ///< … lies between these two

    std::string name;  ///< of one that the gateway made; empty: its content

    const std::string& label() const { return name.empty() ? request.content : name; }
    store::Lane lane() const { return {request.channel, request.from}; }
    bool same_queue(const Entry& other) const {
        return lane() == other.lane() && request.to == other.request.to;
    }
    /// Nothing more is to be done for it.
    bool ended() const { return seen && (is_final(seen->state) || !provider_id.empty()); }
    bool waits() const { return acknowledged && seen && !ended() && seen->state != DeliveryState::unknown; }
};

/// What all parts of a simulated life share: chance, time, and what is known around the gateway.
struct World {
    World(std::uint64_t seed, SendingPlant planted, std::ostream* told_to)
        : random(seed), plant(planted), trace(told_to) {}

    std::uint64_t pick(std::uint64_t below) { return random() % below; }
    bool once_in(std::uint64_t times) { return pick(times) == 0; }
    std::chrono::microseconds up_to(std::chrono::microseconds longest) {
        return std::chrono::microseconds{static_cast<std::int64_t>(pick(longest.count()) + 1)};
    }
    SteadyTime now() const { return clock.steady_now(); }

    void tell(const std::string& text) {
        if (trace != nullptr)
            *trace << std::chrono::duration<double>(now() - begin).count() << " " << to_iso8601(clock.now())
                   << " " << text << std::endl;
    }
    void complain(const std::string& text) {
        tell(std::string("COMPLAINT ").append(text));
        result.complaints.push_back(text);
    }
    Entry* find(const std::string& id, const std::string& content) {
        const auto made = labels.find(id);
        return find(made == labels.end() ? content : made->second);
    }
    Entry* find(const std::string& label) {
        const auto found = entries.find(label);
        return found == entries.end() ? nullptr : &found->second;
    }
    /// Something has kept the gateway from its work: what it does on time it does later.
    void disturbed() { quiet_since = now(); }
    bool undisturbed_for(std::chrono::microseconds time) const { return now() - quiet_since > time; }

    std::mt19937_64 random;
    const SendingPlant plant;
    std::ostream* const trace;
    FakeClock clock{*parse_iso8601("2026-11-22T18:00:00Z")};
    const SteadyTime begin = clock.steady_now();
    SteadyTime quiet_since = begin;
    outbox::Pacing pacing;
    std::map<std::string, Entry> entries;       // by label
    std::map<std::string, std::string> labels;  // by id, of those that the gateway made
    SendingResult result;
};

}  // namespace jackgw::test
