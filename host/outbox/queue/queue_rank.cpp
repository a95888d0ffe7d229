#include "outbox/queue/queue_rank.h"

namespace jackgw::outbox {

std::chrono::microseconds priority_offset(Priority priority) {
    using namespace std::chrono_literals;
    switch (priority) {
        case Priority::urgent:
            return 0s;
        case Priority::high:
            return 30s;
        case Priority::standard:
            return 2min;
        case Priority::low:
            return 10min;
    }
    return 2min;
}

std::int64_t queue_rank(StoreTime joined, Priority priority) {
    return to_micros(joined + priority_offset(priority));
}

}  // namespace jackgw::outbox
