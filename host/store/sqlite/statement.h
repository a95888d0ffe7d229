#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

struct sqlite3_stmt;

namespace jackgw::store::sqlite {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const;
};

struct SqlHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>{}(sql); }
};

/// Prepared statements that nobody uses at the moment, by their text.
using StatementCache = std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, FinalizeStatement>,
                                          SqlHash, std::equal_to<>>;

/// One use of a prepared statement: bind, step, read. When it goes, the statement is reset and returns to its
/// connection's cache, whatever happened: an error never leaves a statement stuck. Belongs to the thread that
/// has the connection.
class Statement {
  public:
    Statement(StatementCache& home, StatementCache::node_type prepared);
    ~Statement();
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the values to ?1, ?2, …; they are copied.
    template <typename... Values>
    Statement& bind(const Values&... values) {
        int index = 0;
        (bind_value(++index, values), ...);
        return *this;
    }

    void bind_value(int index, std::int64_t value);
    void bind_value(int index, std::string_view text);
    void bind_value(int index, std::nullptr_t);
    void bind_value(int index, Timestamp time) { bind_value(index, to_micros(time)); }
    void bind_value(int index, const char* text) { bind_value(index, std::string_view(text)); }
    void bind_value(int index, const std::string& text) { bind_value(index, std::string_view(text)); }
    template <std::integral Number>
    void bind_value(int index, Number value) {
        bind_value(index, static_cast<std::int64_t>(value));
    }
    template <typename Value>
    void bind_value(int index, const std::optional<Value>& value) {
        if (value) {
            bind_value(index, *value);
        } else {
            bind_value(index, nullptr);
        }
    }

    /// Goes to the next row; false: there is none. Throws SqliteError.
    bool step();

    // The columns of the row, from 0. Texts come with all their bytes, NUL included.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::int32_t small(int column) const { return static_cast<std::int32_t>(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    std::string text(int column) const;
    Timestamp time(int column) const { return from_micros(integer(column)); }
    std::optional<Timestamp> optional_time(int column) const;

  private:
    sqlite3_stmt* handle() const { return prepared_.mapped().get(); }
    void check_bind(int code) const;

    StatementCache* home_;
    StatementCache::node_type prepared_;
};

}  // namespace jackgw::store::sqlite
