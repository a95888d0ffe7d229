#include <catch2/catch.hpp>

#include "model/attempt.h"
#include "model/conversation.h"
#include "model/message.h"

using namespace jackgw;

TEST_CASE("Every word is read back as the value that wrote it") {
    for (const auto state : {DeliveryState::pending, DeliveryState::sending, DeliveryState::sent,
                             DeliveryState::delivered, DeliveryState::failed, DeliveryState::canceled,
                             DeliveryState::read, DeliveryState::unknown, DeliveryState::received})
        CHECK(parse_delivery_state(to_string(state)) == state);
    for (const auto state :
         {ConversationState::fresh, ConversationState::active, ConversationState::escalated,
          ConversationState::resolved, ConversationState::closed})
        CHECK(parse_conversation_state(to_string(state)) == state);
    for (const auto kind : {OutcomeKind::accepted, OutcomeKind::rejected, OutcomeKind::refused_for_now,
                            OutcomeKind::misconfigured, OutcomeKind::unknown})
        CHECK(parse_outcome_kind(to_string(kind)) == kind);
    for (const auto priority : {Priority::urgent, Priority::high, Priority::standard, Priority::low})
        CHECK(parse_priority(to_string(priority)) == priority);
    for (const auto role : {Role::guest, Role::ai, Role::staff, Role::system})
        CHECK(parse_role(to_string(role)) == role);
    for (const auto kind : {ConsentKind::opt_out, ConsentKind::opt_in, ConsentKind::help})
        CHECK(parse_consent_kind(to_string(kind)) == kind);
    for (const auto direction : {Direction::inbound, Direction::outbound})
        CHECK(parse_direction(to_string(direction)) == direction);
}

TEST_CASE("Other words are nothing") {
    CHECK_FALSE(parse_delivery_state("Delivered"));
    CHECK_FALSE(parse_delivery_state(""));
    CHECK_FALSE(parse_priority("normal"));
    CHECK(to_string(ConversationState::fresh) == "new");
}
