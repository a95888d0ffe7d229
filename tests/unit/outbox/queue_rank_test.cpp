#include "outbox/queue/queue_rank.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using namespace jackgw::outbox;
using namespace std::chrono_literals;

TEST_CASE("At one moment the higher priority ranks first") {
    const StoreTime now{1000h};
    CHECK(queue_rank(now, Priority::urgent) < queue_rank(now, Priority::high));
    CHECK(queue_rank(now, Priority::high) < queue_rank(now, Priority::standard));
    CHECK(queue_rank(now, Priority::standard) < queue_rank(now, Priority::low));
}

TEST_CASE("Within a priority the earlier one ranks first") {
    const StoreTime now{1000h};
    const Priority priority = GENERATE(Priority::urgent, Priority::high, Priority::standard, Priority::low);
    CHECK(queue_rank(now, priority) < queue_rank(now + 1us, priority));
}

TEST_CASE("Whoever has waited for the difference goes first") {
    const StoreTime now{1000h};
    const auto [slow, quick, head_start] = GENERATE(table<Priority, Priority, std::chrono::seconds>({
        {Priority::high, Priority::urgent, 30s},
        {Priority::standard, Priority::high, 90s},
        {Priority::standard, Priority::urgent, 120s},
        {Priority::low, Priority::standard, 480s},
        {Priority::low, Priority::urgent, 600s},
    }));
    CHECK(queue_rank(now, slow) > queue_rank(now + head_start - 1us, quick));
    CHECK(queue_rank(now, slow) < queue_rank(now + head_start + 1us, quick));
}
