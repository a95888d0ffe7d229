#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/sqlite/attempts.h"
#include "store/sqlite/awaited_deliveries.h"
#include "store/sqlite/consent.h"
#include "store/sqlite/conversations.h"
#include "store/sqlite/file_lock.h"
#include "store/sqlite/guests.h"
#include "store/sqlite/messages.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/operations.h"
#include "store/sqlite/queue.h"
#include "store/sqlite/reader_pool.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"

namespace jackgw::store {

namespace {

using namespace sqlite;

/// Rows that one call makes due; what is left is due at once in the next.
constexpr int max_promoted = 512;

/// Each operation goes to the writer's thread or to a reader's connection; what it does is in the file of its
/// name.
class SqliteStore final : public Store {
    template <typename Operation>
    auto write(Operation&& operation) {
        std::optional<std::invoke_result_t<Operation, Transaction&>> result;
        writer_.run([&](Transaction& transaction) { result.emplace(operation(transaction)); });
        return std::move(*result);
    }

    template <typename Operation>
    auto read(Operation&& operation) {
        return readers_.read(std::forward<Operation>(operation));
    }

  public:
    SqliteStore(std::unique_ptr<FileLock> lock, const std::filesystem::path& file, IdGenerator& ids,
                const Clock& clock, BatchObserver observer)
        : lock_(std::move(lock)), readers_(file), checkpointer_(file), writer_(file, ids, checkpointer_) {
        writer_.on_batch(clock, std::move(observer));
    }

    ReceiveResult receive(const InboundMessage& message) override {
        return write([&](Transaction& tx) { return sqlite::receive(tx, message); });
    }
    bool record_consent(const ConsentReport& report) override {
        return write([&](Transaction& tx) { return sqlite::record_consent(tx, report); });
    }
    StaffConsentResult record_by_staff(const StaffConsent& said, Timestamp now) override {
        return write([&](Transaction& tx) { return sqlite::record_by_staff(tx, said, now); });
    }
    EnqueueResult enqueue(const OutboundMessage& message, Timestamp now) override {
        return write([&](Transaction& tx) { return sqlite::enqueue(tx, message, now); });
    }

    DueSummary promote_due(Timestamp now) override {
        // The dispatcher asks often and mostly nothing is due: then the writer isn't troubled.
        DueSummary summary = read(due_summary);
        if (!summary.next_due_at || *summary.next_due_at > now) return summary;
        writer_.run([&](Transaction& tx) { promote(tx, now, max_promoted); });
        return read(due_summary);
    }

    std::optional<Claim> claim(const Lane& lane, Timestamp now) override {
        ClaimRound round;
        do {
            round = write([&](Transaction& tx) { return sqlite::claim(tx, lane, now); });
        } while (round.more);
        return round.claim;
    }

    bool finish_attempt(const AttemptFinish& finish) override {
        return write([&](Transaction& tx) { return sqlite::finish_attempt(tx, finish); });
    }
    std::int64_t recover(Timestamp now, Timestamp settle_until) override {
        return write([&](Transaction& tx) { return sqlite::recover(tx, now, settle_until); });
    }
    bool cancel(std::string_view message_id, Timestamp now) override {
        return write([&](Transaction& tx) { return sqlite::cancel(tx, message_id, now); });
    }
    std::int64_t release_lanes(std::string_view channel, Timestamp) override {
        return write([&](Transaction& tx) { return sqlite::release_lanes(tx, channel); });
    }
    void set_paused(bool paused, Timestamp) override {
        writer_.run([&](Transaction& tx) { sqlite::set_paused(tx, paused); });
    }
    StatusResult apply_status(const StatusUpdate& update) override {
        return write([&](Transaction& tx) { return sqlite::apply_status(tx, update); });
    }
    OverdueDeliveries overdue_deliveries(std::string_view channel, const LookUpWaits& waits, Timestamp now,
                                         std::size_t limit) override {
        return read([&](Database& db) { return sqlite::overdue_deliveries(db, channel, waits, now, limit); });
    }
    bool note_look_up(std::string_view message_id, LookUpNote note, Timestamp now) override {
        return write([&](Transaction& tx) { return sqlite::note_look_up(tx, message_id, note, now); });
    }

    Change change_conversation(std::string_view id, ConversationEvent event, Timestamp now) override {
        return write([&](Transaction& tx) {
            const std::optional<Conversation> conversation = load_conversation(tx.db(), id);
            if (!conversation) return Change::not_found;
            return change_state(tx, *conversation, event, now) ? Change::done : Change::not_allowed;
        });
    }
    Change update_guest(std::string_view id, std::optional<std::string> name,
                        std::optional<std::string> notes, Timestamp now) override {
        return write([&](Transaction& tx) {
            const std::int64_t found = tx.db().run(
                "UPDATE guests SET name = coalesce(?2, name), notes = coalesce(?3, notes), updated_at = ?4"
                " WHERE id = ?1",
                id, name, notes, now);
            return found == 0 ? Change::not_found : Change::done;
        });
    }

    std::optional<Guest> guest(std::string_view id) override {
        return read([&](Database& db) { return load_guest(db, id); });
    }
    std::optional<Guest> guest_by_address(std::string_view channel, std::string_view address) override {
        return read([&](Database& db) { return load_guest(db, find_guest(db, channel, address)); });
    }
    std::vector<Guest> guests(std::string_view after, std::size_t limit) override {
        return read([&](Database& db) { return list_guests(db, after, limit); });
    }
    std::vector<ConsentEntry> consents(std::string_view guest_id) override {
        return read([&](Database& db) { return list_consents(db, guest_id); });
    }
    bool opted_out(std::string_view channel, std::string_view address, std::string_view scope) override {
        return read([&](Database& db) { return sqlite::opted_out(db, channel, address, scope); });
    }
    std::optional<Conversation> open_conversation(std::string_view channel,
                                                  std::string_view address) override {
        return read([&](Database& db) {
            return find_open_conversation(db, find_guest(db, channel, address), channel);
        });
    }
    std::optional<Conversation> conversation(std::string_view id) override {
        return read([&](Database& db) { return load_conversation(db, id); });
    }
    Page<Conversation> conversations(const ConversationFilter& filter, std::optional<std::int64_t> after,
                                     std::size_t limit) override {
        return read([&](Database& db) { return list_conversations(db, filter, after, limit); });
    }
    Page<Message> messages(std::string_view conversation_id, std::optional<std::int64_t> after,
                           std::size_t limit) override {
        return read([&](Database& db) { return list_messages(db, conversation_id, after, limit); });
    }
    std::optional<Message> message(std::string_view id) override {
        return read([&](Database& db) { return load_message(db, id); });
    }
    std::vector<Message> group(std::string_view id) override {
        return read([&](Database& db) { return load_group(db, id); });
    }
    std::vector<Attempt> attempts(std::string_view message_id) override {
        return read([&](Database& db) { return load_attempts(db, message_id); });
    }
    std::vector<Event> message_events(std::string_view message_id) override {
        return read([&](Database& db) { return list_message_events(db, message_id); });
    }
    std::vector<Event> events(std::int64_t after, std::size_t limit) override {
        return read([&](Database& db) { return list_events(db, after, limit); });
    }
    Page<Message> failed_messages(std::optional<std::int64_t> after, std::size_t limit) override {
        return read([&](Database& db) { return list_failed_messages(db, after, limit); });
    }
    OutboxReport outbox() override { return read(outbox_report); }

    void check() override {
        read([](Database& db) { return db.query("SELECT last_seq FROM counter").step(); });
    }
    void on_outbox_change(std::function<void()> wake) override { writer_.on_outbox_change(std::move(wake)); }

  private:
    std::unique_ptr<FileLock> lock_;  // let go last
    ReaderPool readers_;
    Checkpointer checkpointer_;
    Writer writer_;
};

/// Makes the file readable for its owner alone: it holds what guests wrote. SQLite gives its side files the
/// same mode.
void make_file(const std::filesystem::path& file) {
    std::error_code failed;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failed);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw StoreError("can't open the database " + file.string() + ": " + std::strerror(errno) +
                         "; check the path and the rights of the gateway's user");
    ::close(descriptor);
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file, const Clock& clock,
                                         IdGenerator& ids, BatchObserver observer) {
    make_file(file);
    // By its one real name, so that two links to a file can't be locked apart.
    const std::filesystem::path real = std::filesystem::canonical(file);
    auto lock = std::make_unique<FileLock>(real);
    try {
        {
            Database database(real, Database::Mode::write);
            migrate(database, schema(), clock.now());
        }
        return std::make_unique<SqliteStore>(std::move(lock), real, ids, clock, std::move(observer));
    } catch (const SqliteError& error) {
        throw StoreError(error.what());
    }
}

}  // namespace jackgw::store
