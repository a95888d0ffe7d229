#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw {

/// What became of a message. They only move forward: pending < sending < sent < {delivered, failed, canceled}
/// < read, and read only after delivered; but that delivered and read replace failed, since the guest has the
/// text. `unknown` is ours, not the provider's: we can't tell whether the
/// provider took the message; it yields to whatever the provider says. Inbound messages are `received`.
enum class DeliveryState { pending, sending, sent, delivered, failed, canceled, read, unknown, received };

std::string_view to_string(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

/// True where nothing more is expected (delivered may still become read).
bool is_final(DeliveryState state);

/// Where a message stands, as far as delivery reports can change it.
struct Delivery {
    DeliveryState state = DeliveryState::pending;
    bool concluded_by_us =
        false;  ///< the state is our own conclusion (unknown, expired, …), not the provider's word
    std::string provider_status;  ///< the provider's last word that moved the state
    std::string error_code;       ///< our name, e.g. "UNREACHABLE"; empty: none
    std::int32_t provider_error_code = 0;
    std::string error_message;
    bool retryable = false;  ///< failed, and a new message may work

    bool operator==(const Delivery&) const = default;
};

/// What a provider reports about a message that it took.
struct DeliveryReport {
    std::optional<DeliveryState> state;  ///< nothing: the provider's word has no counterpart
    std::string provider_status;
    std::string error_code;
    std::int32_t provider_error_code = 0;
    std::string error_message;
    bool retryable = false;
};

/// Applies a report. A late or repeated one never moves a message back nor erases an error code; what we
/// concluded ourselves yields to the provider; the provider's final word stays, but that read may follow
/// delivered, and either replaces failed, with its error. A report without a state is only noted: it changes
/// nothing but an empty provider_status.
Delivery apply_report(const Delivery& current, const DeliveryReport& report);

}  // namespace jackgw
