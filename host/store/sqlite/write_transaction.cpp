#include "store/sqlite/write_transaction.h"

#include <algorithm>

namespace jackgw::store::sqlite {

std::int64_t WriteTransaction::next_seq() {
    load_counter();
    return ++last_seq_;
}

Timestamp WriteTransaction::queue_time(Timestamp now) {
    load_counter();
    queue_time_ = std::max(queue_time_, now);
    return queue_time_;
}

void WriteTransaction::load_counter() {
    if (counter_loaded_) return;
    Statement counter = connection_.query("SELECT last_seq, queue_time FROM counter");
    counter.step();
    last_seq_ = counter.integer(0);
    queue_time_ = counter.time(1);
    counter_loaded_ = true;
}

void WriteTransaction::save_counter() {
    if (counter_loaded_)
        connection_.run("UPDATE counter SET last_seq = ?1, queue_time = ?2", last_seq_, queue_time_);
}

}  // namespace jackgw::store::sqlite
