#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"
#include "store/seam/transaction.h"
#include "store/sqlite/connection.h"

namespace jackgw::store::sqlite {

/// What the units of one batch share while the write connection's transaction is open. It has the file for
/// itself: no race can be lost, and locks need nothing. Belongs to the writer's thread.
class WriteTransaction final : public Transaction {
  public:
    WriteTransaction(Connection& connection, IdGenerator& ids, const ClockAnchor& anchor, std::int64_t run)
        : Transaction(connection, anchor.now),
          connection_(connection),
          ids_(ids),
          anchor_(anchor),
          run_(run) {}

    Connection& connection() { return connection_; }

    std::string next_id() override { return ids_.next(); }
    std::int64_t next_seq() override;
    std::int64_t run() const override { return run_; }
    void lock(std::initializer_list<std::string_view>) override {}
    void outbox_changed() override { outbox_changed_ = true; }

    bool has_changed_outbox() const { return outbox_changed_; }

    /// Writes the counter back, and the moment with it, which the store's clock goes on from at the next
    /// start; the writer calls it before COMMIT.
    void save_counter();

  private:
    void load_counter();

    Connection& connection_;
    IdGenerator& ids_;
    const ClockAnchor& anchor_;
    const std::int64_t run_;
    bool counter_loaded_ = false;
    std::int64_t loaded_seq_ = 0;
    std::int64_t last_seq_ = 0;
    bool outbox_changed_ = false;
};

}  // namespace jackgw::store::sqlite
