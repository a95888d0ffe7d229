#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view ambiguous_consents = R"sql(
-- An opt-in whose word may be an answer to another question: it says nothing against what staff recorded.
ALTER TABLE consent_events ADD COLUMN ambiguous INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace jackgw::store::sqlite::steps
