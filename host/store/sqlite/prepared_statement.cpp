#include "store/sqlite/prepared_statement.h"

#include <sqlite3.h>

#include "base/assert.h"
#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

void PreparedStatement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void PreparedStatement::check_bind(int code) const {
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(statement_.get()), code);
}

void PreparedStatement::bind(int index, std::int64_t value) {
    check_bind(sqlite3_bind_int64(statement_.get(), index, value));
}

void PreparedStatement::bind(int index, std::string_view text) {
    // A view without storage would be bound as NULL.
    const char* data = text.data() != nullptr ? text.data() : "";
    check_bind(
        sqlite3_bind_text64(statement_.get(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void PreparedStatement::bind_null(int index) {
    check_bind(sqlite3_bind_null(statement_.get(), index));
}

bool PreparedStatement::step() {
    JACKGW_ASSERT(in_use_, "a statement is stepped only between its taking and its release");
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_error(sqlite3_db_handle(statement_.get()), code);
}

std::int64_t PreparedStatement::changes() const {
    return sqlite3_changes64(sqlite3_db_handle(statement_.get()));
}

bool PreparedStatement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t PreparedStatement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view PreparedStatement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(statement_.get(), column);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void PreparedStatement::release() noexcept {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    in_use_ = false;
}

}  // namespace jackgw::store::sqlite
