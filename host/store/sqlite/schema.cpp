// The schema, step by step, each in a file of its own. Times are microseconds since 1970 in UTC, ids are
// UUIDs in text form, enumerations are the model's words. `seq` comes from one counter for messages, events,
// attempts and consents: ascending in the order of commits, gaps allowed.

#include <array>

#include "store/sqlite/migrations.h"
#include "store/sqlite/schema/001_start.h"
#include "store/sqlite/schema/002_long_texts.h"
#include "store/sqlite/schema/003_awaited_deliveries.h"
#include "store/sqlite/schema/004_resends.h"
#include "store/sqlite/schema/005_staff_consents.h"
#include "store/sqlite/schema/006_ambiguous_consents.h"
#include "store/sqlite/schema/007_staff_consent_keys.h"
#include "store/sqlite/schema/008_properties.h"
#include "store/sqlite/schema/009_store_clock.h"
#include "store/sqlite/schema/010_sending.h"

namespace jackgw::store::sqlite {

namespace {

constexpr std::array all{
    Migration{1, steps::start},
    Migration{2, steps::long_texts},
    Migration{3, steps::awaited_deliveries},
    Migration{4, steps::resends},
    Migration{5, steps::staff_consents},
    Migration{6, steps::ambiguous_consents},
    Migration{7, steps::staff_consent_keys},
    Migration{8, steps::properties},
    Migration{9, steps::store_clock},
    Migration{10, steps::sending},
};

}  // namespace

std::span<const Migration> schema() {
    return all;
}

}  // namespace jackgw::store::sqlite
