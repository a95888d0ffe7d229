#include "store/sqlite/migrations.h"

#include <sqlite3.h>

#include "store/bookkeeping.h"
#include "store/errors.h"
#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

namespace {

constexpr std::int64_t application_id = 0x4a41434b;  // "JACK": tells our files from others'

std::int64_t number(Connection& database, std::string_view sql) {
    Statement statement = database.query(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string file_name(Connection& database) {
    return sqlite3_db_filename(database.handle(), "main");
}

void check_ours(Connection& database) {
    if (number(database, "PRAGMA application_id") == application_id) return;
    if (number(database, "SELECT count(*) FROM sqlite_schema") != 0)
        throw StoreError("database " + file_name(database) +
                         " belongs to another program: name another file");
}

void apply(Connection& database, const Migration& step, Timestamp now) {
    database.run("BEGIN IMMEDIATE");
    try {
        database.script(std::string(step.sql));
        bookkeeping::note_migration(database.session(), step.version, now);
        database.script("PRAGMA user_version = " + std::to_string(step.version));
        database.script("PRAGMA application_id = " + std::to_string(application_id));
        database.run("COMMIT");
    } catch (const std::exception& error) {
        if (!database.autocommit()) database.run("ROLLBACK");
        throw StoreError("migration " + std::to_string(step.version) +
                         " failed, nothing of it was kept: " + error.what());
    }
}

}  // namespace

void migrate(Connection& database, std::span<const Migration> steps, Timestamp now) {
    check_ours(database);
    const std::int64_t current = number(database, "PRAGMA user_version");
    const std::int64_t latest = steps.empty() ? 0 : steps.back().version;
    if (current > latest)
        throw StoreError("database " + file_name(database) + " was written by a newer program (schema " +
                         std::to_string(current) + ", this one knows " + std::to_string(latest) +
                         "): run that program, or restore a backup from before");
    for (const Migration& step : steps)
        if (step.version > current) apply(database, step, now);
}

}  // namespace jackgw::store::sqlite
