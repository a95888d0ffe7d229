// Poco::Data owns the connections: whatever the store runs, inbound, outbound and administration, it runs on
// the handle of one of its sessions.

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "../../support/claim_one.h"
#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"
#include "store/sqlite/connector.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;
using namespace std::chrono_literals;

namespace {

struct Traced {
    sqlite3* handle = nullptr;
    std::string sql;
};

std::mutex mutex;  // guards the two below: SQLite's hooks and Poco's factory know no context of ours
std::set<sqlite3*> handles_of_sessions;
std::vector<Traced> statements;

int trace(unsigned, void* handle, void*, void* sql) {
    const std::lock_guard lock(mutex);
    statements.push_back({static_cast<sqlite3*>(handle), static_cast<const char*>(sql)});
    return 0;
}

/// Called by SQLite for every connection that anybody opens.
int trace_connection(sqlite3* handle, char**, const sqlite3_api_routines*) {
    sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, trace, handle);
    return SQLITE_OK;
}

/// In the place of the store's connector; notes the sessions that it makes.
class NotingConnector final : public Poco::Data::SQLite::Connector {
  public:
    const std::string& name() const override {
        static const std::string name = sqlite::connector_name;
        return name;
    }
    Poco::AutoPtr<Poco::Data::SessionImpl> createSession(const std::string& file, std::size_t) override {
        auto session = Poco::Data::SQLite::Connector::createSession(file, 0);
        const std::lock_guard lock(mutex);
        handles_of_sessions.insert(Poco::AnyCast<sqlite3*>(session->getProperty("handle")));
        return session;
    }
};

/// Traces every connection while it lives.
class Watch {
  public:
    Watch() {
        sqlite::register_connector();
        Poco::Data::SessionFactory::instance().remove(sqlite::connector_name);
        Poco::Data::SessionFactory::instance().add(new NotingConnector);
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(trace_connection));
    }
    ~Watch() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(trace_connection)); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    static bool ran(const std::string& beginning) {
        const std::lock_guard lock(mutex);
        return std::ranges::any_of(statements,
                                   [&](const Traced& each) { return each.sql.starts_with(beginning); });
    }
};

OutboundMessage answer() {
    OutboundMessage message;
    message.channel = "sms";
    message.to = "+15559876543";
    message.from = "+15551234567";
    message.content = "They are on their way";
    return message;
}

}  // namespace

TEST_CASE("Inbound, outbound and administration run over sessions of Poco::Data") {
    const Watch watch;
    const FakeClock clock;
    IdGenerator ids(clock);
    const TempFolder folder;
    {
        const auto store = storage::open_store(folder / "jack.db", clock, ids);
        InboundMessage inbound;
        inbound.channel = "sms";
        inbound.provider_message_id = "IN1";
        inbound.from = "+15559876543";
        inbound.to = "+15551234567";
        inbound.content = "Two towels, please";
        inbound.received_at = clock.now();
        const std::string received = store->receive(inbound).message_id;
        store->enqueue(answer());
        store->promote_due();
        REQUIRE(claim_one(*store, {"sms", "+15551234567"}, 1min));
        CHECK(store->message(received));
        CHECK(store->conversations({}, std::nullopt, 10).items.size() == 1);
        store->set_paused({}, true);
        CHECK(store->outbox().paused);
        store->check();
    }
    for (const char* beginning :
         {"CREATE TABLE messages", "INSERT INTO migrations", "INSERT INTO runs", "INSERT INTO messages",
          "INSERT INTO outbox", "INSERT INTO attempts", "INSERT INTO pauses", "SELECT count(*) FROM counter",
          "SELECT id, guest_id, channel, state"}) {
        CAPTURE(beginning);
        CHECK(Watch::ran(beginning));
    }
    const std::lock_guard lock(mutex);
    CHECK(handles_of_sessions.size() >= 3);  // the writer's, the checkpointer's, a reader's
    const auto strangers = std::ranges::count_if(
        statements, [](const Traced& each) { return !handles_of_sessions.contains(each.handle); });
    // A session's handle is noted once it is open: what Poco itself asks before that is not the store's.
    CAPTURE(statements.size());
    CHECK(strangers == 0);
}
