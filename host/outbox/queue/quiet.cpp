#include "outbox/queue/quiet.h"

namespace jackgw::outbox {

bool may_disturb(store::Session& session, const Message& message, const store::Quiet& quiet,
                 const Moment& now) {
    if (message.priority == Priority::urgent) return true;
    if (quiet.answer_within.count() == 0) return false;
    store::Statement asked = session.query(
        "SELECT created_at FROM messages WHERE conversation_id = ?1 AND direction = 'inbound'"
        " ORDER BY seq DESC LIMIT 1",
        message.conversation_id);
    return asked.step() && now.wall - asked.time(0) <= quiet.answer_within;
}

}  // namespace jackgw::outbox
