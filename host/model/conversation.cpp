#include "model/conversation.h"

namespace jackgw {

std::optional<ConversationState> next_state(ConversationState state, ConversationEvent event) {
    using State = ConversationState;
    if (state == State::closed) return std::nullopt;
    switch (event) {
        case ConversationEvent::guest_wrote:
            return state == State::resolved ? State::active : state;
        case ConversationEvent::hotel_answered:
            return state == State::fresh || state == State::resolved ? State::active : state;
        case ConversationEvent::message_resent:
            return state;
        case ConversationEvent::escalate:
            return State::escalated;
        case ConversationEvent::resolve:
            return State::resolved;
        case ConversationEvent::reopen:
            return state == State::resolved || state == State::escalated ? std::optional{State::active}
                                                                         : std::nullopt;
        case ConversationEvent::close:
            return State::closed;
    }
    return std::nullopt;
}

}  // namespace jackgw
