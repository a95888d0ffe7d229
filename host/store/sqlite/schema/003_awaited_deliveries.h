#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view awaited_deliveries = R"sql(
-- Messages that the provider has and about which it hasn't said the last word. A look-up at the provider is due
-- a while after `since`, the time of the acceptance or of the last look-up; how long a while, the configuration
-- says, so that a changed one holds for messages that are under way, too.
CREATE TABLE awaited_deliveries (
    message_seq INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    look_ups INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX awaited_deliveries_due ON awaited_deliveries (channel, look_ups, since);
INSERT INTO awaited_deliveries (message_seq, channel, look_ups, since)
    SELECT seq, channel, 0, updated_at FROM messages WHERE direction = 'outbound' AND provider_message_id <> ''
    AND delivery_state NOT IN ('delivered', 'failed', 'canceled', 'read');
)sql";

}  // namespace jackgw::store::sqlite::steps
