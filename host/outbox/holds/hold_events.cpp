#include "outbox/holds/hold_events.h"

#include "conversations/records/event_log.h"
#include "conversations/records/json_object.h"

namespace jackgw::outbox {

void log_hold(store::Transaction& transaction, const store::HoldChange& change) {
    const store::Hold& hold = change.hold;
    conversations::JsonObject data;
    data.add("channel", hold.channel)
        .add("scope", to_string(hold.scope))
        .add_if_set("name", hold.name)
        .add("cause", to_string(hold.cause))
        .add("reason", hold.reason);
    Event event;
    event.type = change.lifted ? "outbox.released" : "outbox.held";
    event.channel = hold.channel;
    event.data = data.text();
    event.at = transaction.now().wall;
    conversations::append_event(transaction, event);
}

}  // namespace jackgw::outbox
