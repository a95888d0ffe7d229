#pragma once

#include "store/sqlite/connection.h"
#include "store/sqlite/error.h"

/// What lies in the write-ahead log behind the last commit that succeeded, and what a recovery makes of it:
/// it takes whatever ends with a whole commit frame, synced or not, told of success or not. See decision 034.
namespace jackgw::store::sqlite {

/// True if a COMMIT that ended with this error may have left its last frame whole. A write that fails has
/// not written all it was given, and the commit's frame is the last one.
bool may_come_back(const SqliteError& commit_error);

/// Makes sure that nothing of a COMMIT that failed ever comes back: commits a transaction of its own, which
/// takes the place of the failed one's first frame, so that the checksums of the rest don't follow. For a
/// connection that was opened after the failure. Throws SqliteError: then it may come back.
void overwrite_tail(Connection& connection);

/// Makes what a start has found in the log durable, before anything is answered from it. A sync alone won't
/// do: after one that failed, the kernel takes pages for clean that never reached the disk. So the log is
/// written once more, in its place, and then synced. Throws SqliteError.
void secure_log(Connection& connection);

}  // namespace jackgw::store::sqlite
