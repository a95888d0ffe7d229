// The words under which the model's enumerations are stored, shown and read.

#include <algorithm>
#include <array>

#include "model/attempt.h"
#include "model/channel.h"
#include "model/consent.h"
#include "model/conversation.h"
#include "model/delivery.h"
#include "model/message.h"
#include "model/self_test.h"

namespace jackgw {

namespace {

template <typename Enum>
struct Word {
    Enum value;
    std::string_view text;
};

template <typename Enum, std::size_t N>
std::string_view find_text(const std::array<Word<Enum>, N>& words, Enum value) {
    const auto found = std::ranges::find(words, value, &Word<Enum>::value);
    return found == words.end() ? std::string_view{} : found->text;
}

template <typename Enum, std::size_t N>
std::optional<Enum> find_value(const std::array<Word<Enum>, N>& words, std::string_view text) {
    const auto found = std::ranges::find(words, text, &Word<Enum>::text);
    return found == words.end() ? std::nullopt : std::optional{found->value};
}

constexpr std::array consent_words{
    Word<ConsentKind>{ConsentKind::opt_out, "opt_out"},
    Word<ConsentKind>{ConsentKind::opt_in, "opt_in"},
    Word<ConsentKind>{ConsentKind::help, "help"},
};

constexpr std::array conversation_words{
    Word<ConversationState>{ConversationState::fresh, "new"},
    Word<ConversationState>{ConversationState::active, "active"},
    Word<ConversationState>{ConversationState::escalated, "escalated"},
    Word<ConversationState>{ConversationState::resolved, "resolved"},
    Word<ConversationState>{ConversationState::closed, "closed"},
};

constexpr std::array delivery_words{
    Word<DeliveryState>{DeliveryState::pending, "pending"},
    Word<DeliveryState>{DeliveryState::sending, "sending"},
    Word<DeliveryState>{DeliveryState::sent, "sent"},
    Word<DeliveryState>{DeliveryState::delivered, "delivered"},
    Word<DeliveryState>{DeliveryState::failed, "failed"},
    Word<DeliveryState>{DeliveryState::canceled, "canceled"},
    Word<DeliveryState>{DeliveryState::read, "read"},
    Word<DeliveryState>{DeliveryState::unknown, "unknown"},
    Word<DeliveryState>{DeliveryState::received, "received"},
};

constexpr std::array direction_words{
    Word<Direction>{Direction::inbound, "inbound"},
    Word<Direction>{Direction::outbound, "outbound"},
};

constexpr std::array role_words{
    Word<Role>{Role::guest, "guest"},
    Word<Role>{Role::ai, "ai"},
    Word<Role>{Role::staff, "staff"},
    Word<Role>{Role::system, "system"},
};

constexpr std::array priority_words{
    Word<Priority>{Priority::urgent, "urgent"},
    Word<Priority>{Priority::high, "high"},
    Word<Priority>{Priority::standard, "standard"},
    Word<Priority>{Priority::low, "low"},
};

constexpr std::array outcome_words{
    Word<OutcomeKind>{OutcomeKind::accepted, "accepted"},
    Word<OutcomeKind>{OutcomeKind::rejected, "rejected"},
    Word<OutcomeKind>{OutcomeKind::refused_for_now, "refused_for_now"},
    Word<OutcomeKind>{OutcomeKind::misconfigured, "misconfigured"},
    Word<OutcomeKind>{OutcomeKind::unknown, "unknown"},
};

constexpr std::array look_up_words{
    Word<LookUp>{LookUp::answered, "answered"},
    Word<LookUp>{LookUp::failed, "failed"},
    Word<LookUp>{LookUp::unavailable, "unavailable"},
    Word<LookUp>{LookUp::not_supported, "not_supported"},
};

constexpr std::array concern_words{
    Word<Concern>{Concern::message, "message"}, Word<Concern>{Concern::recipient, "recipient"},
    Word<Concern>{Concern::pair, "pair"},       Word<Concern>{Concern::sender, "sender"},
    Word<Concern>{Concern::account, "account"}, Word<Concern>{Concern::channel, "channel"},
    Word<Concern>{Concern::unclear, "unclear"},
};

constexpr std::array reconciliation_words{
    Word<Reconciliation>{Reconciliation::taken, "taken"},
    Word<Reconciliation>{Reconciliation::absent, "absent"},
    Word<Reconciliation>{Reconciliation::cant_tell, "cant_tell"},
    Word<Reconciliation>{Reconciliation::unavailable, "unavailable"},
    Word<Reconciliation>{Reconciliation::not_supported, "not_supported"},
};

constexpr std::array check_words{
    Word<CheckStatus>{CheckStatus::ok, "ok"},
    Word<CheckStatus>{CheckStatus::warning, "warning"},
    Word<CheckStatus>{CheckStatus::failed, "failed"},
    Word<CheckStatus>{CheckStatus::skipped, "skipped"},
};

}  // namespace

std::string_view to_string(ConsentKind kind) {
    return find_text(consent_words, kind);
}
std::string_view to_string(ConversationState state) {
    return find_text(conversation_words, state);
}
std::string_view to_string(DeliveryState state) {
    return find_text(delivery_words, state);
}
std::string_view to_string(Direction direction) {
    return find_text(direction_words, direction);
}
std::string_view to_string(Role role) {
    return find_text(role_words, role);
}
std::string_view to_string(Priority priority) {
    return find_text(priority_words, priority);
}
std::string_view to_string(OutcomeKind kind) {
    return find_text(outcome_words, kind);
}
std::string_view to_string(LookUp look_up) {
    return find_text(look_up_words, look_up);
}
std::string_view to_string(Concern concern) {
    return find_text(concern_words, concern);
}
std::string_view to_string(Reconciliation reconciliation) {
    return find_text(reconciliation_words, reconciliation);
}
std::string_view to_string(CheckStatus status) {
    return find_text(check_words, status);
}

std::optional<ConsentKind> parse_consent_kind(std::string_view text) {
    return find_value(consent_words, text);
}
std::optional<ConversationState> parse_conversation_state(std::string_view text) {
    return find_value(conversation_words, text);
}
std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
    return find_value(delivery_words, text);
}
std::optional<Direction> parse_direction(std::string_view text) {
    return find_value(direction_words, text);
}
std::optional<Role> parse_role(std::string_view text) {
    return find_value(role_words, text);
}
std::optional<Priority> parse_priority(std::string_view text) {
    return find_value(priority_words, text);
}
std::optional<Concern> parse_concern(std::string_view text) {
    return find_value(concern_words, text);
}
std::optional<OutcomeKind> parse_outcome_kind(std::string_view text) {
    return find_value(outcome_words, text);
}

}  // namespace jackgw
