#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view staff_consent_keys = R"sql(
-- The idempotency keys under which staff has recorded consents: a repeated request records nothing.
CREATE TABLE staff_consent_keys (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace jackgw::store::sqlite::steps
