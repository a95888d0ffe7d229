#include "conversations/records/event_log.h"

namespace jackgw::conversations {

void append_event(store::Transaction& transaction, const Event& event) {
    transaction.db().run(
        "INSERT INTO events (seq, type, guest_id, conversation_id, message_id, data, at, channel)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        transaction.next_seq(), event.type, event.guest_id, event.conversation_id, event.message_id,
        event.data, event.at, event.channel);
}

}  // namespace jackgw::conversations
