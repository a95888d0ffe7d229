#pragma once

#include <chrono>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

#include "message.h"

namespace jackgw::sms::simulator {

enum class CallbackOrder { ordered, shuffled };

/// How status callbacks come: in which order, how long after one another, and each how many times.
struct CallbackOptions {
    CallbackOrder order = CallbackOrder::ordered;
    std::chrono::milliseconds delay{50};
    unsigned times = 1;
};

/// Where a message to some recipient ends.
struct Outcome {
    Status last = Status::delivered;
    std::optional<int> error_code;  // of failed and undelivered

    bool operator==(const Outcome&) const = default;
};

/// Reads "delivered", "sent" (no receipt comes), "read", "failed:30006" or "undelivered:30003"; the code may
/// be left out. Nothing if it is none of these.
std::optional<Outcome> parse_outcome(std::string_view text);

/// One step of a message's way: first the message moves on (if it does), then one callback tells a status.
struct DeliveryStep {
    std::optional<Status> advance_to;
    Status told;

    bool operator==(const DeliveryStep&) const = default;
};

/// The steps of a message that has `reached` a status already (nothing: a fresh one). Shuffled callbacks come
/// when the message is at its end already, as they do when the provider's queues overtake each other. Pure
/// but for `random`.
std::vector<DeliveryStep> plan_delivery(const Outcome& outcome, const CallbackOptions& options,
                                        std::optional<Status> reached, std::mt19937_64& random);

}  // namespace jackgw::sms::simulator
