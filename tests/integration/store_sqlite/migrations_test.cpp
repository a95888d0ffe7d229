#include "store/sqlite/migrations.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "conversations/records/consent.h"
#include "conversations/records/messages.h"
#include "store/sqlite/schema/003_awaited_deliveries.h"
#include "store/sqlite/schema/005_staff_consents.h"
#include "store/sqlite/schema/008_properties.h"
#include "store/store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::store::sqlite;
using jackgw::conversations::find_opt_out;
using jackgw::conversations::load_message;
using namespace jackgw::test;
using Catch::Matchers::Contains;

namespace {

constexpr Migration first{1,
                          "CREATE TABLE migrations (version INTEGER, applied_at INTEGER);"
                          "CREATE TABLE rooms (number INTEGER);"};
constexpr Migration second{
    2, "ALTER TABLE rooms ADD COLUMN floor INTEGER; UPDATE rooms SET floor = number / 100;"};
constexpr Migration broken{2, "CREATE TABLE keys (room INTEGER); INSERT INTO nowhere VALUES (1);"};

struct Fixture {
    FakeClock clock;
    TempFolder folder;
    std::filesystem::path file = folder / "jack.db";

    Fixture() { std::ofstream made(file); }

    template <std::size_t N>
    void migrate_to(Connection& database, const std::array<Migration, N>& steps) {
        migrate(database, steps, clock.now());
    }
};

std::int64_t number(Connection& database, std::string_view sql) {
    Statement row = database.query(sql);
    REQUIRE(row.step());
    return row.integer(0);
}

}  // namespace

TEST_CASE("A new file gets all steps; a second time there is nothing to do") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    migrate(database, schema(), fixture.clock.now());
    const auto latest = schema().back().version;
    CHECK(number(database, "PRAGMA user_version") == latest);
    CHECK(number(database, "SELECT max(version) FROM migrations") == latest);
    migrate(database, schema(), fixture.clock.now());
    CHECK(number(database, "SELECT max(version) FROM migrations") == latest);
    CHECK(number(database, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
}

TEST_CASE("An older file gets the steps that it lacks and keeps its data") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    fixture.migrate_to(database, std::array{first});
    database.run("INSERT INTO rooms (number) VALUES (312)");
    fixture.migrate_to(database, std::array{first, second});
    CHECK(number(database, "SELECT floor FROM rooms") == 3);
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("A step that fails leaves nothing of itself") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    fixture.migrate_to(database, std::array{first});
    CHECK_THROWS_WITH(fixture.migrate_to(database, std::array{first, broken}),
                      Contains("migration 2") && Contains("nowhere"));
    CHECK(number(database, "PRAGMA user_version") == 1);
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'keys'") == 0);
    CHECK(database.autocommit());
    fixture.migrate_to(database, std::array{first, second});
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("A file of a newer program is refused and left alone") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    fixture.migrate_to(database, std::array{first, second});
    CHECK_THROWS_AS(fixture.migrate_to(database, std::array{first}), StoreError);
    CHECK_THROWS_WITH(fixture.migrate_to(database, std::array{first}),
                      Contains("newer program") && Contains(fixture.file.string()));
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("Another program's database is refused and left alone") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    database.script("CREATE TABLE bookmarks (url TEXT)");
    CHECK_THROWS_WITH(migrate(database, schema(), fixture.clock.now()), Contains("another program"));
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema") == 1);
}

TEST_CASE("Messages from before long texts and resends stand alone") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    migrate(database, schema().first(1), fixture.clock.now());
    database.script(
        "INSERT INTO guests VALUES ('g', '', '', 1, 1);"
        "INSERT INTO conversations VALUES ('c', 'g', 'sms', 'new', '+1', '+2', 1, 1, 'Hello', 1, 1, 1);"
        "INSERT INTO messages VALUES (1, 'm', 'c', 'g', 'sms', 'inbound', 'guest', 'Hello', 0, '+1', '+2',"
        " 'standard', 'received', 0, '', '', 0, '', 0, 'SM1', 1, 'GSM-7', '', '', NULL, NULL, NULL, 1, 1);");
    migrate(database, schema(), fixture.clock.now());
    const auto message = load_message(database, "m");
    REQUIRE(message);
    CHECK(message->content == "Hello");
    CHECK_FALSE(message->group);
    CHECK(message->retry_of.empty());
    CHECK(message->retried_by.empty());
    CHECK(message->resends == 0);
}

TEST_CASE("Messages that are under way when awaited deliveries are introduced are taken up") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    const auto steps = schema();
    const auto awaited = std::ranges::find(steps, steps::awaited_deliveries, &Migration::sql);
    REQUIRE(awaited != steps.end());
    migrate(database, {steps.begin(), awaited}, fixture.clock.now());
    database.script(
        "INSERT INTO guests (id, created_at, updated_at) VALUES ('g', 0, 0);"
        "INSERT INTO conversations VALUES ('c', 'g', 'sms', 'active', '', '', 1, 1, '', 0, 0, 0);");
    const auto insert = [&](int seq, const char* direction, const char* provider_id, const char* state) {
        database.run(
            "INSERT INTO messages (seq, id, conversation_id, guest_id, channel, direction, role, content,"
            " media_count, sender, recipient, priority, delivery_state, concluded_by_us, provider_status,"
            " error_code, provider_error_code, error_message, retryable, provider_message_id, segments,"
            " encoding, metadata, raw, created_at, updated_at) VALUES (?1, ?1, 'c', 'g', 'sms', ?2, 'ai', '',"
            " 0, '', '', 'high', ?4, 0, '', '', 0, '', 0, ?3, 1, '', '', '', 0, ?1 * 10)",
            seq, direction, provider_id, state);
    };
    insert(1, "outbound", "SM1", "pending");
    insert(2, "outbound", "SM2", "sent");
    insert(3, "outbound", "SM3", "delivered");
    insert(4, "outbound", "SM4", "failed");
    insert(5, "outbound", "", "pending");
    insert(6, "inbound", "SM6", "received");
    insert(7, "outbound", "SM7", "read");
    migrate(database, steps, fixture.clock.now());
    CHECK(number(database, "SELECT count(*) FROM awaited_deliveries") == 2);
    CHECK(number(database, "SELECT since FROM awaited_deliveries WHERE message_seq = 1") == 10);
    CHECK(number(database, "SELECT since FROM awaited_deliveries WHERE message_seq = 2") == 20);
}

TEST_CASE("An opt-in from before staff could record opt-outs is older than those") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    const auto steps = schema();
    const auto by_staff = std::ranges::find(steps, steps::staff_consents, &Migration::sql);
    REQUIRE(by_staff != steps.end());
    migrate(database, {steps.begin(), by_staff}, fixture.clock.now());
    database.script(
        "INSERT INTO consent_events (seq, channel, address, scope, kind, source, keyword, raw, at) VALUES"
        " (1, 'sms', '+1', 'A', 'opt_out', 'keyword', 'STOP', '', 1),"
        " (2, 'sms', '+1', 'A', 'opt_in', 'keyword', 'START', '', 2),"
        " (3, 'sms', '+1', 'A', 'help', 'keyword', 'HELP', '', 3),"
        " (4, 'sms', '+1', 'B', 'opt_out', 'keyword', 'STOP', '', 4),"
        " (5, 'sms', '+2', 'A', 'opt_in', 'keyword', 'START', '', 5);"
        "INSERT INTO consent_state (channel, address, scope, opted_out) VALUES"
        " ('sms', '+1', 'A', 0), ('sms', '+1', 'B', 1), ('sms', '+2', 'A', 0);");
    migrate(database, steps, fixture.clock.now());
    CHECK(number(database, "SELECT seq FROM consent_state WHERE address = '+1' AND scope = 'A'") == 2);
    CHECK(number(database, "SELECT seq FROM consent_state WHERE address = '+1' AND scope = 'B'") == 4);
    CHECK(number(database, "SELECT seq FROM consent_state WHERE address = '+2'") == 5);
    CHECK(find_opt_out(database, "sms", "+1", "A") == OptOut::none);
    CHECK(find_opt_out(database, "sms", "+1", "B") == OptOut::of_scope);
    database.run("INSERT INTO consent_state VALUES ('sms', '+1', '', 1, 6)");
    CHECK(find_opt_out(database, "sms", "+1", "A") == OptOut::of_channel);
}

TEST_CASE("What is there before properties is the first one's, and events learn their channels") {
    Fixture fixture;
    Connection database(fixture.file, Connection::Mode::write);
    const auto steps = schema();
    const auto properties = std::ranges::find(steps, steps::properties, &Migration::sql);
    REQUIRE(properties != steps.end());
    migrate(database, {steps.begin(), properties}, fixture.clock.now());
    database.script(
        "INSERT INTO guests (id, created_at, updated_at) VALUES ('g', 0, 0);"
        "INSERT INTO identities VALUES ('fax', '+1', 'g');"
        "INSERT INTO conversations VALUES ('c', 'g', 'mail', 'active', '', '', 1, 1, '', 0, 0, 0);"
        "INSERT INTO messages (seq, id, conversation_id, guest_id, channel, direction, role, content,"
        " media_count, sender, recipient, priority, delivery_state, concluded_by_us, provider_status,"
        " error_code, provider_error_code, error_message, retryable, provider_message_id, segments,"
        " encoding, metadata, raw, created_at, updated_at) VALUES (1, 'm', 'c', 'g', 'sms', 'inbound',"
        " 'guest', '', 0, '', '', 'high', 'received', 0, '', '', 0, '', 0, '', 1, '', '', '', 0, 0);"
        "INSERT INTO lanes (channel, sender) VALUES ('held', '+2');"
        "INSERT INTO consent_events (seq, channel, address, scope, kind, source, keyword, raw, at) VALUES"
        " (2, 'stop', '+1', 'A', 'opt_out', 'keyword', 'STOP', '', 1);"
        "INSERT INTO events (seq, type, guest_id, conversation_id, message_id, data, at) VALUES"
        " (3, 'message.status', 'g', 'c', 'm', '{}', 0),"
        " (4, 'conversation.state', 'g', 'c', '', '{\"from\":\"new\"}', 0),"
        " (5, 'guest.created', 'g', '', '', '{\"channel\":\"fax\"}', 0),"
        " (6, 'message.report', '', '', 'gone', '{\"channel\":\"sms\"}', 0),"
        " (7, 'conversation.state', 'g', 'gone', '', '{}', 0),"
        " (8, 'message.report', '', '', '', 'damaged', 0);");
    migrate(database, steps, fixture.clock.now());
    CHECK(number(database, "SELECT count(*) FROM channels WHERE property = 'main'") == 5);
    CHECK(number(database, "SELECT count(*) FROM channels") == 5);
    CHECK(number(database, "SELECT count(*) FROM guests WHERE property = 'main'") == 1);
    const auto channel_of = [&](int seq) {
        Statement row = database.query("SELECT channel FROM events WHERE seq = ?1", seq);
        REQUIRE(row.step());
        return row.text(0);
    };
    CHECK(channel_of(3) == "sms");
    CHECK(channel_of(4) == "mail");
    CHECK(channel_of(5) == "fax");
    CHECK(channel_of(6) == "sms");
    CHECK(channel_of(7).empty());
    CHECK(channel_of(8).empty());
}
