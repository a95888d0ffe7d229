#include "planted.h"

#include "base/errors.h"
#include "store/sqlite/connection.h"

namespace jackgw::test {

namespace {

using store::sqlite::Connection;

/// Says that it is stored as soon as the unit has run, whatever becomes of the transaction.
class HastyBackend final : public store::Backend {
  public:
    explicit HastyBackend(std::unique_ptr<store::Backend> real) : real_(std::move(real)) {}

    Moment now() override { return real_->now(); }
    void check() override { real_->check(); }
    void on_outbox_change(std::function<void()> wake) override { real_->on_outbox_change(std::move(wake)); }

  private:
    void do_read(const std::function<void(store::Session&)>& work) override {
        real_->read([&](store::Session& session) {
            work(session);
            return true;
        });
    }
    void do_write(const std::function<void(store::Transaction&)>& unit) override {
        bool has_run = false;
        try {
            real_->write([&](store::Transaction& transaction) {
                unit(transaction);
                has_run = true;
            });
        } catch (const Unavailable&) {
            if (!has_run) throw;
        }
    }

    std::unique_ptr<store::Backend> real_;
};

void execute(const std::filesystem::path& file, const char* script) {
    Connection database(file, Connection::Mode::write);
    database.script(script);
}

}  // namespace

void plant_steps(Plant plant, store::sqlite::Steps& steps) {
    if (plant == Plant::tail_stays) steps.overwrite_tail = [](Connection&) {};
    if (plant == Plant::log_is_trusted) steps.secure_log = [](Connection&) {};
}

std::unique_ptr<store::Backend> plant_backend(Plant plant, std::unique_ptr<store::Backend> real) {
    if (plant != Plant::answers_too_early) return real;
    return std::make_unique<HastyBackend>(std::move(real));
}

void sabotage_closed(Plant plant, const std::filesystem::path& file) {
    if (plant == Plant::loses_an_event)
        execute(file,
                "DELETE FROM events WHERE seq = "
                "(SELECT max(seq) FROM events WHERE type = 'conversation.message')");
    if (plant == Plant::counter_runs_back)
        execute(file, "UPDATE counter SET last_seq = (SELECT coalesce(max(seq), 1) - 1 FROM events)");
    if (plant == Plant::index_is_damaged)
        execute(file,
                "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'events_by_message'");
}

void sabotage_running(Plant plant, const std::filesystem::path& file) {
    if (plant == Plant::claims_twice)
        execute(file,
                "INSERT INTO attempts (seq, id, message_seq, number, started_at) "
                "SELECT (SELECT last_seq FROM counter) + 1, id || ' again', message_seq, number, started_at "
                "FROM attempts WHERE outcome IS NULL LIMIT 1;"
                "UPDATE counter SET last_seq = last_seq + 1");
}

}  // namespace jackgw::test
