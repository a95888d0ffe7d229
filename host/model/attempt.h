#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/delivery.h"

namespace jackgw {

/// What one attempt to hand a message to a provider led to; see plugin_api/include/jackgw/ext/sender.h for
/// the meaning of each.
enum class OutcomeKind { accepted, rejected, refused_for_now, misconfigured, unknown };

std::string_view to_string(OutcomeKind kind);
std::optional<OutcomeKind> parse_outcome_kind(std::string_view text);

/// Whom an outcome that isn't accepted concerns: what else would meet the same; see ext/sender.h.
enum class Concern { message, recipient, pair, sender, account, channel, unclear };

std::string_view to_string(Concern concern);
std::optional<Concern> parse_concern(std::string_view text);

/// True where the cause lies outside of the message: others would meet it, and it costs the message nothing.
constexpr bool is_outside(Concern concern) {
    return concern == Concern::sender || concern == Concern::account || concern == Concern::channel;
}

struct Outcome {
    OutcomeKind kind = OutcomeKind::unknown;
    std::string provider_message_id;
    std::string provider_status;
    std::optional<DeliveryState> state;  ///< accepted: the state that the provider's word stands for
    std::string error_code;
    std::int32_t provider_error_code = 0;
    std::string error_message;
    std::int32_t segments = 0;  ///< 0: not told
    std::optional<std::int64_t> retry_after_ms;
    bool opted_out = false;
    std::vector<std::string> opt_out_scopes;  ///< opted out for these, too, not for the sender alone
    bool retryable = false;
    Concern concern = Concern::message;
    bool alert = false;  ///< an operator has to see to it, though only this message is concerned
};

/// One attempt as it is kept. An attempt without an outcome is in flight, or its host died.
struct Attempt {
    std::string id;
    std::string message_id;
    std::int32_t number = 1;
    Timestamp started_at{};
    std::optional<Timestamp> finished_at;
    std::optional<Outcome> outcome;
};

}  // namespace jackgw
