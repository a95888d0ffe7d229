#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view long_texts = R"sql(
-- The messages that one long text became share its group, the first one's id. A message that stands alone has
-- none.
ALTER TABLE messages ADD COLUMN group_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN part INTEGER NOT NULL DEFAULT 1;
ALTER TABLE messages ADD COLUMN parts INTEGER NOT NULL DEFAULT 1;
CREATE INDEX messages_by_group ON messages (group_id, part) WHERE group_id <> '';

-- For which of our addresses and services a reported opt-out holds, besides the message's own sender: in the
-- form encoding of HTML, each named "scope".
ALTER TABLE early_reports ADD COLUMN opt_out_scopes TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace jackgw::store::sqlite::steps
