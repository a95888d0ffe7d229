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
    WriteTransaction(Connection& connection, IdGenerator& ids)
        : Transaction(connection), connection_(connection), ids_(ids) {}

    Connection& connection() { return connection_; }

    std::string next_id() override { return ids_.next(); }
    std::int64_t next_seq() override;
    Timestamp queue_time(Timestamp now) override;
    void lock(std::initializer_list<std::string_view>) override {}
    void outbox_changed() override { outbox_changed_ = true; }

    bool has_changed_outbox() const { return outbox_changed_; }

    /// Writes the counter back; the writer calls it before COMMIT.
    void save_counter();

  private:
    void load_counter();

    Connection& connection_;
    IdGenerator& ids_;
    bool counter_loaded_ = false;
    std::int64_t last_seq_ = 0;
    Timestamp queue_time_{};
    bool outbox_changed_ = false;
};

}  // namespace jackgw::store::sqlite
