#include "store/bookkeeping.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include "base/assert.h"
#include "store/errors.h"

namespace jackgw::store::bookkeeping {

namespace {

using namespace Poco::Data::Keywords;
using Poco::Int64;

// Statements are made anew for each use: one that failed stays stuck.
Int64 number(Poco::Data::Session& session, const std::string& sql) {
    Int64 value = 0;
    session << sql, into(value), now;
    return value;
}

}  // namespace

std::int64_t schema_version(Poco::Data::Session& session) {
    return number(session, "SELECT coalesce(max(version), 0) FROM migrations");
}

void note_migration(Poco::Data::Session& session, std::int64_t version, Timestamp at) {
    Int64 number = version;
    Int64 time = to_micros(at);
    session << "INSERT INTO migrations (version, applied_at) VALUES (?, ?)", use(number), use(time), now;
}

std::optional<ClockAnchor> load_anchor(Poco::Data::Session& session) {
    std::string boot_id;
    Int64 boot = 0;
    Int64 store = 0;
    Int64 wall = 0;
    session << "SELECT boot_id, boot_time, store_time, wall_time FROM counter", into(boot_id), into(boot),
        into(store), into(wall), now;
    if (store == 0) return std::nullopt;
    return ClockAnchor{.boot_id = boot_id,
                       .boot = BootTime{std::chrono::microseconds{boot}},
                       .now = {.wall = from_micros(wall), .store = store_time_from_micros(store)}};
}

void save_anchor(Poco::Data::Session& session, const ClockAnchor& anchor) {
    std::string boot_id = anchor.boot_id;
    Int64 boot = anchor.boot.time_since_epoch().count();
    Int64 store = to_micros(anchor.now.store);
    Int64 wall = to_micros(anchor.now.wall);
    session << "UPDATE counter SET boot_id = ?, boot_time = ?, store_time = ?, wall_time = ?", use(boot_id),
        use(boot), use(store), use(wall), now;
}

void end_other_runs(Poco::Data::Session& session, Timestamp at) {
    Int64 time = to_micros(at);
    session << "UPDATE runs SET ended_at = ? WHERE ended_at IS NULL", use(time), now;
}

std::int64_t begin_run(Poco::Data::Session& session, const std::string& id, Timestamp at) {
    JACKGW_ASSERT(!id.empty(), "a run has an id");
    std::string text = id;
    Int64 time = to_micros(at);
    Int64 seq = number(session, "SELECT coalesce(max(seq), 0) + 1 FROM runs");
    session << "INSERT INTO runs (seq, id, started_at) VALUES (?, ?, ?)", use(seq), use(text), use(time), now;
    return seq;
}

void probe(Poco::Data::Session& session) {
    if (number(session, "SELECT count(*) FROM counter") != 1)
        throw StoreError("the database is damaged: its counter is gone; restore a backup");
}

}  // namespace jackgw::store::bookkeeping
