#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "store/store_clock.h"

namespace Poco::Data {
class Session;
}

/// What the store writes down about itself: its migrations, the program's runs, the clock. None of it is hot,
/// so it is written with Poco::Data's statements, which run on every back end as they are. Each throws what
/// Poco::Data throws.
namespace jackgw::store::bookkeeping {

/// The latest migration that was applied; 0: none, the tables must exist.
std::int64_t schema_version(Poco::Data::Session& session);
void note_migration(Poco::Data::Session& session, std::int64_t version, Timestamp at);

/// The last moment that was saved; nothing: the database is of a program that saved none.
std::optional<ClockAnchor> load_anchor(Poco::Data::Session& session);
void save_anchor(Poco::Data::Session& session, const ClockAnchor& anchor);

/// All runs that haven't ended are proved to have, by who holds the database for itself.
void end_other_runs(Poco::Data::Session& session, Timestamp at);
/// Writes a run down, of one process, and gives its number.
std::int64_t begin_run(Poco::Data::Session& session, const std::string& id, Timestamp at);

/// Asks for something that is always there. Throws StoreError if it isn't.
void probe(Poco::Data::Session& session);

}  // namespace jackgw::store::bookkeeping
