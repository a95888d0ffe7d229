#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

void FinalizeStatement::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(StatementCache& home, StatementCache::node_type prepared)
    : home_(&home), prepared_(std::move(prepared)) {}

Statement::~Statement() {
    if (prepared_.empty()) return;
    sqlite3_reset(handle());
    sqlite3_clear_bindings(handle());
    home_->insert(std::move(prepared_));  // dropped if another use of the same text has returned first
}

void Statement::check_bind(int code) const {
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(handle()), code);
}

void Statement::bind_value(int index, std::int64_t value) {
    check_bind(sqlite3_bind_int64(handle(), index, value));
}

void Statement::bind_value(int index, std::string_view text) {
    // A view without storage would be bound as NULL.
    const char* data = text.data() != nullptr ? text.data() : "";
    check_bind(sqlite3_bind_text64(handle(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_value(int index, std::nullptr_t) {
    check_bind(sqlite3_bind_null(handle(), index));
}

bool Statement::step() {
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_error(sqlite3_db_handle(handle()), code);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle(), column);
}

std::string Statement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(handle(), column);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(handle(), column))};
}

std::optional<Timestamp> Statement::optional_time(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

}  // namespace jackgw::store::sqlite
