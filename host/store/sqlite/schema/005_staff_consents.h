#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view staff_consents = R"sql(
-- The scope '' is the whole channel; what staff recorded has a note and who recorded it.
ALTER TABLE consent_events ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_events ADD COLUMN recorded_by TEXT NOT NULL DEFAULT '';

-- Which line of the ledger is the last word: of a scope's and the whole channel's the later one may count.
ALTER TABLE consent_state ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE consent_state SET seq = coalesce(
    (SELECT max(e.seq) FROM consent_events e
     WHERE e.channel = consent_state.channel AND e.address = consent_state.address
       AND e.scope = consent_state.scope AND e.kind <> 'help'), 0);
)sql";

}  // namespace jackgw::store::sqlite::steps
