#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"
#include "store/sqlite/database.h"

namespace jackgw::store::sqlite {

/// What the units of one batch share while the write connection's transaction is open. Belongs to the
/// writer's thread.
class Transaction {
  public:
    Transaction(Database& database, IdGenerator& ids) : database_(database), ids_(ids) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Database& db() { return database_; }
    std::string next_id() { return ids_.next(); }

    /// The next number of the counter. A unit that fails leaves a gap, never a number that comes twice.
    std::int64_t next_seq();

    /// `now`, or the latest queue time so far if the clock has been set back: messages of one priority keep
    /// their order whatever the clock does.
    Timestamp queue_time(Timestamp now);

    void outbox_changed() { outbox_changed_ = true; }
    bool has_changed_outbox() const { return outbox_changed_; }

    /// Writes the counter back; the writer calls it before COMMIT.
    void save_counter();

  private:
    void load_counter();

    Database& database_;
    IdGenerator& ids_;
    bool counter_loaded_ = false;
    std::int64_t last_seq_ = 0;
    Timestamp queue_time_{};
    bool outbox_changed_ = false;
};

}  // namespace jackgw::store::sqlite
