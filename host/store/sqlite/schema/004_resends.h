#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view resends = R"sql(
-- Of which message an outbound one was made, and which was made of it last; empty: none. `resends` counts those that
-- the gateway made by itself, from the one that a caller made to this one.
ALTER TABLE messages ADD COLUMN retry_of TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN retried_by TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN resends INTEGER NOT NULL DEFAULT 0;

ALTER TABLE early_reports ADD COLUMN resend_limit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE early_reports ADD COLUMN resend_after INTEGER NOT NULL DEFAULT 0; -- microseconds
)sql";

}  // namespace jackgw::store::sqlite::steps
