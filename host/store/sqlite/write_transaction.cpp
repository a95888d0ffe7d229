#include "store/sqlite/write_transaction.h"

#include "base/assert.h"
#include "store/errors.h"

namespace jackgw::store::sqlite {

std::int64_t WriteTransaction::next_seq() {
    load_counter();
    return ++last_seq_;
}

void WriteTransaction::load_counter() {
    if (counter_loaded_) return;
    Statement counter = connection_.query("SELECT last_seq FROM counter");
    if (!counter.step()) throw StoreError("the database is damaged: its counter is gone; restore a backup");
    last_seq_ = loaded_seq_ = counter.integer(0);
    counter_loaded_ = true;
}

void WriteTransaction::save_counter() {
    load_counter();
    JACKGW_ASSERT(last_seq_ >= loaded_seq_, "the counter never runs back");
    connection_.run("UPDATE counter SET last_seq = ?1, store_time = ?2, wall_time = ?3, boot_time = ?4",
                    last_seq_, anchor_.now.store, anchor_.now.wall, anchor_.boot.time_since_epoch());
}

}  // namespace jackgw::store::sqlite
