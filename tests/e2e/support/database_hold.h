#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>

namespace jackgw::test {

/// Keeps everybody else from writing to an SQLite database.
class DatabaseHold {
  public:
    explicit DatabaseHold(const std::filesystem::path& file) {
        if (sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
            sqlite3_busy_timeout(database_, 10'000) != SQLITE_OK ||
            sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) {
            sqlite3_close(database_);
            throw std::runtime_error("can't hold " + file.string());
        }
    }
    ~DatabaseHold() { sqlite3_close(database_); }
    DatabaseHold(const DatabaseHold&) = delete;
    DatabaseHold& operator=(const DatabaseHold&) = delete;

  private:
    sqlite3* database_ = nullptr;
};

}  // namespace jackgw::test
