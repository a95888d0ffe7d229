#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view discarded_failures = R"sql(
-- When an operator took a failed message off the list of those; it stays in its conversation. The list's index
-- holds only what is listed, so that what was discarded costs nothing.
ALTER TABLE messages ADD COLUMN discarded_at INTEGER;
DROP INDEX messages_failed;
CREATE INDEX messages_failed ON messages (seq)
    WHERE direction = 'outbound' AND delivery_state = 'failed' AND discarded_at IS NULL;
)sql";

}  // namespace jackgw::store::sqlite::steps
