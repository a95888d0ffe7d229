#pragma once

#include <exception>
#include <string>

#include "base/errors.h"

struct sqlite3;

namespace jackgw::store::sqlite {

/// What SQLite said. It doesn't leave this folder: as_store_error() puts it into the interface's words.
class SqliteError : public Error {
  public:
    SqliteError(int extended_code, const std::string& message);

    int primary_code() const { return extended_code_ & 0xff; }
    int extended_code() const { return extended_code_; }
    /// The connection can't be trusted any more: close it and open another.
    bool breaks_connection() const;

  private:
    int extended_code_;
};

/// Throws the connection's last error.
[[noreturn]] void throw_error(sqlite3* connection, int code);

/// Unavailable where a later call may work (full disk, I/O error, lock), else StoreError.
std::exception_ptr as_store_error(const SqliteError& error);

}  // namespace jackgw::store::sqlite
