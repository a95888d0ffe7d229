#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view properties = R"sql(
-- Whose each channel is: all that came and went on it belongs to that property. Filled at every start from the
-- config; a channel that the config has no more stays, since its history does.
CREATE TABLE channels (name TEXT PRIMARY KEY, property TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO channels (name, property) SELECT channel, 'main' FROM
    (SELECT channel FROM identities UNION SELECT channel FROM conversations UNION SELECT channel FROM messages
     UNION SELECT channel FROM lanes UNION SELECT channel FROM consent_events);

-- The property of the channel by which the guest became known: they are its guest for ever.
ALTER TABLE guests ADD COLUMN property TEXT NOT NULL DEFAULT 'main';
CREATE INDEX guests_by_property ON guests (property, id);

CREATE INDEX conversations_by_channel ON conversations (channel, activity_seq);

-- Empty: not known any more.
ALTER TABLE events ADD COLUMN channel TEXT NOT NULL DEFAULT '';
UPDATE events SET channel = coalesce(
    (SELECT m.channel FROM messages m WHERE m.id = events.message_id),
    (SELECT c.channel FROM conversations c WHERE c.id = events.conversation_id),
    CASE WHEN json_valid(data) THEN json_extract(data, '$.channel') END, '');
)sql";

}  // namespace jackgw::store::sqlite::steps
