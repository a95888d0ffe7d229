#pragma once

#include <cstdint>
#include <string_view>

#include "store/seam/statement.h"

namespace jackgw::store {

/// A connection inside of a transaction, which runs statements that are written once for all back ends. They
/// are plain SQL that SQLite and PostgreSQL understand alike, with these words of ours, which a back end puts
/// into its own when it prepares a statement, once for each text:
///
/// - ?1, ?2, …: the parameters;
/// - FOR UPDATE at the end: the rows that are read stay as they are until the transaction ends. Whatever is
///   read to decide on a write ends so, or is guarded by a constraint;
/// - contains_folded(text, part): true if the part occurs, without regard to case, by Unicode.
///
/// ON CONFLICT … DO UPDATE names its columns. Used by one thread at a time.
class Session {
  public:
    virtual ~Session() = default;

    /// The statement of this text with these values bound, before its first row.
    template <typename... Values>
    Statement query(std::string_view sql, const Values&... values) {
        Statement statement(prepare(sql));
        statement.bind(values...);
        return statement;
    }

    /// Executes a statement to its end. Returns how many rows it inserted, updated or deleted.
    template <typename... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        Statement statement = query(sql, values...);
        while (statement.step()) {
        }
        return statement.changes();
    }

    /// A statement of this text that nobody uses at the moment. It stays the session's, which keeps it for
    /// the next use: texts are few and don't carry values.
    virtual PreparedStatement& prepare(std::string_view sql) = 0;
};

}  // namespace jackgw::store
