#pragma once

#include <span>
#include <string_view>

#include "store/sqlite/connection.h"

namespace jackgw::store::sqlite {

/// One step of the schema, forward only. What has been released is never edited: a change is a new step.
struct Migration {
    int version;
    std::string_view sql;
};

/// All steps, in order, versions 1, 2, ….
std::span<const Migration> schema();

/// Brings the database to the last step, each one in a transaction of its own. Throws StoreError if the file
/// is of a newer program or of another one altogether; then nothing was changed.
void migrate(Connection& connection, std::span<const Migration> steps, Timestamp now);

}  // namespace jackgw::store::sqlite
