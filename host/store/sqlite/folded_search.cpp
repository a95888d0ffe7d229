#include "store/sqlite/folded_search.h"

#include <Poco/UTF8String.h>
#include <sqlite3.h>

#include <string>

namespace jackgw::store::sqlite {

namespace {

std::string folded(sqlite3_value* value) {
    const unsigned char* data = sqlite3_value_text(value);
    if (data == nullptr) return {};
    return Poco::UTF8::toLower(std::string(reinterpret_cast<const char*>(data),
                                           static_cast<std::size_t>(sqlite3_value_bytes(value))));
}

void contains_folded(sqlite3_context* context, int, sqlite3_value** values) {
    try {
        sqlite3_result_int(context, folded(values[0]).find(folded(values[1])) != std::string::npos ? 1 : 0);
    } catch (const std::exception& error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

}  // namespace

void add_folded_search(sqlite3* connection) {
    sqlite3_create_function_v2(connection, "contains_folded", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                               contains_folded, nullptr, nullptr, nullptr);
}

}  // namespace jackgw::store::sqlite
