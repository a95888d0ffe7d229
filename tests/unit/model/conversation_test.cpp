#include "model/conversation.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using State = ConversationState;
using What = ConversationEvent;

TEST_CASE("Conversations move as people expect") {
    using Next = std::optional<State>;
    const auto [state, event, expected] = GENERATE(table<State, What, Next>({
        {State::fresh, What::guest_wrote, State::fresh},
        {State::fresh, What::hotel_answered, State::active},
        {State::active, What::guest_wrote, State::active},
        {State::active, What::hotel_answered, State::active},
        {State::escalated, What::guest_wrote, State::escalated},
        {State::escalated, What::hotel_answered, State::escalated},
        {State::resolved, What::guest_wrote, State::active},
        {State::resolved, What::hotel_answered, State::active},
        {State::resolved, What::message_resent, State::resolved},
        {State::closed, What::message_resent, std::nullopt},
        {State::active, What::escalate, State::escalated},
        {State::escalated, What::resolve, State::resolved},
        {State::fresh, What::resolve, State::resolved},
        {State::resolved, What::reopen, State::active},
        {State::escalated, What::reopen, State::active},
        {State::active, What::reopen, std::nullopt},
        {State::fresh, What::reopen, std::nullopt},
        {State::active, What::close, State::closed},
        {State::closed, What::guest_wrote, std::nullopt},
        {State::closed, What::hotel_answered, std::nullopt},
        {State::closed, What::reopen, std::nullopt},
        {State::closed, What::close, std::nullopt},
    }));
    CAPTURE(to_string(state), static_cast<int>(event));
    CHECK(next_state(state, event) == expected);
}
