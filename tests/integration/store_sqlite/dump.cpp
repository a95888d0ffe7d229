#include "dump.h"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

#include "../../support/temp_folder.h"

namespace jackgw::test {

namespace {

int append_row(void* rows, int count, char** values, char**) {
    std::string row;
    for (int i = 0; i < count; ++i) {
        if (i > 0) row += ' ';
        row += values[i] == nullptr ? "NULL" : values[i];
    }
    static_cast<std::vector<std::string>*>(rows)->push_back(row);
    return 0;
}

}  // namespace

std::vector<int> dumped_versions() {
    std::vector<int> versions;
    for (int version = 1; std::filesystem::exists(dump_file(version, ".sql")); ++version)
        versions.push_back(version);
    if (versions.empty()) throw std::runtime_error("no dump found in " DUMPS);
    return versions;
}

std::filesystem::path dump_file(int version, const std::string& ending) {
    std::string number = std::to_string(version);
    number.insert(0, 3 - std::min<std::size_t>(number.size(), 3), '0');
    return std::filesystem::path(DUMPS) / ("schema_" + number + ending);
}

void load_dump(int version, const std::filesystem::path& database) {
    Sqlite(database).run(read_file(dump_file(version, ".sql")));
}

Sqlite::Sqlite(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &connection_) != SQLITE_OK) {
        const std::string reason = sqlite3_errmsg(connection_);
        sqlite3_close(connection_);
        throw std::runtime_error(file.string() + ": " + reason);
    }
}

Sqlite::~Sqlite() {
    sqlite3_close(connection_);
}

std::vector<std::string> Sqlite::run(const std::string& sql) {
    std::vector<std::string> rows;
    if (sqlite3_exec(connection_, sql.c_str(), append_row, &rows, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(connection_));
    return rows;
}

}  // namespace jackgw::test
