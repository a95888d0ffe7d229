// A claim and a tick must cost the same at any depth: each of their statements goes through an index that
// begins where it begins, and sorts nothing.

#include <catch2/catch.hpp>
#include <fstream>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "outbox/deliveries/awaited_deliveries.h"
#include "outbox/deliveries/doubts.h"
#include "outbox/holds/holds.h"
#include "outbox/queue/finish.h"
#include "outbox/queue/queue.h"
#include "store/sqlite/migrations.h"

using namespace jackgw;
using namespace jackgw::store::sqlite;
namespace sql = jackgw::outbox::sql;
using namespace jackgw::test;

namespace {

std::string plan_of(Connection& database, std::string_view sql) {
    std::string plan;
    store::Statement row = database.query("EXPLAIN QUERY PLAN " + std::string(sql));
    while (row.step()) plan += row.text(3) + "\n";
    return plan;
}

}  // namespace

TEST_CASE("The statements of claim and tick use their indexes") {
    using Catch::Matchers::Contains;
    const auto [sql, index] = GENERATE(table<std::string_view, std::string>({
        {sql::head_of_queue, "outbox_head (channel=? AND sender=? AND recipient=?)"},
        {sql::promote_next, "outbox_blocked (channel=? AND sender=? AND recipient=?)"},
        {sql::due, "outbox_due (due_at<?)"},
        {sql::next_due, "outbox_due"},
        {sql::first_ready, "outbox_ready (channel=? AND sender=?)"},
        {sql::first_ready_for_others, "outbox_ready (channel=? AND sender=?)"},
        {sql::another_ready, "outbox_ready (channel=?"},
        {sql::due_as_named, "outbox_due_as_named (send_at<?)"},
        {sql::next_due_as_named, "outbox_due_as_named"},
        {sql::expired, "outbox_lives_until (lives_until>? AND lives_until<?)"},
        {sql::expired_as_named, "outbox_expires_at (expires_at>? AND expires_at<?)"},
        {sql::next_expired, "outbox_lives_until"},
        {sql::next_expired_as_named, "outbox_expires_at"},
        {sql::due_doubts, "doubts_due (channel=? AND next_at<?)"},
        {sql::next_doubt, "doubts_due (channel=?)"},
        {sql::left_attempts, "attempts_open"},
        {sql::lanes_with_work, "outbox_ready (channel=? AND sender=?)"},
        {sql::oldest_overdue, "outbox_overdue"},
        {sql::overdue_deliveries, "awaited_deliveries_due (channel=? AND look_ups=? AND since<?)"},
        {sql::longest_awaited, "awaited_deliveries_due (channel=? AND look_ups=?)"},
    }));
    TempFolder folder;
    std::ofstream(folder / "jack.db").close();
    Connection database(folder / "jack.db", Connection::Mode::write);
    migrate(database, schema(), FakeClock{}.now());
    const std::string plan = plan_of(database, sql);
    CAPTURE(sql);
    CHECK_THAT(plan, Contains(index));
    CHECK_THAT(plan, !Contains("TEMP B-TREE"));
    CHECK_THAT(plan, !Contains("SCAN outbox\n"));
}
