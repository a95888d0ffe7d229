#include "store/sqlite/sqlite_backend.h"

#include <Poco/Data/Session.h>
#include <Poco/Exception.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/bookkeeping.h"
#include "store/errors.h"
#include "store/sqlite/connection_pool.h"
#include "store/sqlite/file_lock.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/write_probe.h"
#include "store/sqlite/writer.h"

namespace jackgw::store {

namespace {

using namespace sqlite;

/// What is known once the database is up to date, and this run is written down in it.
struct Opened {
    std::unique_ptr<StoreClock> clock;
    std::int64_t run = 0;
};

/// Nobody else has the file, as its lock proves: all earlier runs have ended.
Opened begin_run(Connection& connection, const Clock& clock, IdGenerator& ids, ClockJumpObserver observer) {
    Poco::Data::Session& session = connection.session();
    Opened opened;
    opened.clock =
        std::make_unique<StoreClock>(clock, bookkeeping::load_anchor(session), std::move(observer));
    const Moment now = opened.clock->now();
    connection.run("BEGIN IMMEDIATE");
    bookkeeping::end_other_runs(session, now.wall);
    opened.run = bookkeeping::begin_run(session, ids.next(), now.wall);
    bookkeeping::save_anchor(session, opened.clock->anchor(now));
    connection.run("COMMIT");
    return opened;
}

/// Readers' work goes to a pooled connection, units go to the writer's thread.
class SqliteBackend final : public Backend {
  public:
    SqliteBackend(std::unique_ptr<FileLock> lock, Opened opened, const std::filesystem::path& file,
                  IdGenerator& ids, const Clock& clock, StoreObservers observers, const Steps& steps)
        : lock_(std::move(lock)),
          clock_(std::move(opened.clock)),
          readers_(file),
          checkpointer_(file, steps.checkpoints),
          writer_(file, ids, checkpointer_, *clock_, opened.run, steps),
          // A unit that does nothing: the batch saves the clock.
          probe_(clock, [this] { return writer_.submit([](WriteTransaction&) {}); }) {
        writer_.on_batch(clock, std::move(observers.batch));
        writer_.on_stop(std::move(observers.stopped));
    }

    Moment now() override { return clock_->now(); }

    void check() override {
        probe_.check();
        readers_.read([](Connection& connection) { bookkeeping::probe(connection.session()); });
    }

    void on_outbox_change(std::function<void()> wake) override { writer_.on_outbox_change(std::move(wake)); }

  private:
    void do_read(const std::function<void(Session&)>& work) override { readers_.read(work); }
    void do_write(const std::function<void(Transaction&)>& unit) override {
        writer_.run([&unit](WriteTransaction& transaction) { unit(transaction); });
    }

    std::unique_ptr<FileLock> lock_;  // let go last
    std::unique_ptr<StoreClock> clock_;
    ConnectionPool readers_;
    Checkpointer checkpointer_;
    Writer writer_;
    WriteProbe probe_;
};

/// Makes a folder's entries durable. Where that can't be had, as on some network file systems, it is left.
void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    const bool failed = ::fsync(descriptor) != 0 && errno == EIO;
    ::close(descriptor);
    if (failed) throw StoreError("the folder " + folder.string() + " can't be made durable: check the disk");
}

/// Makes the folders that aren't there, each with a durable entry in the one above.
void make_folders(const std::filesystem::path& folder) {
    std::error_code failed;
    if (folder.empty() || std::filesystem::exists(folder, failed) || failed) return;
    make_folders(folder.parent_path());
    if (std::filesystem::create_directory(folder, failed))
        sync_folder(folder.has_parent_path() ? folder.parent_path() : ".");
}

/// Makes the file readable for its owner alone: it holds what guests wrote. SQLite gives its side files the
/// same mode. It makes their entries durable, too; that of the file itself is ours.
void make_file(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    make_folders(folder);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw StoreError("can't open the database " + file.string() + ": " + std::strerror(errno) +
                         "; check the path and the rights of the gateway's user");
    ::close(descriptor);
    sync_folder(folder);
}

}  // namespace

std::unique_ptr<Backend> open_sqlite(const std::filesystem::path& file, const Clock& clock, IdGenerator& ids,
                                     StoreObservers observers, const Steps& steps) {
    make_file(file);
    // By its one real name, so that two links to a file can't be locked apart.
    const std::filesystem::path real = std::filesystem::canonical(file);
    auto lock = std::make_unique<FileLock>(real);
    try {
        Opened opened;
        {
            Connection connection(real, Connection::Mode::write);
            steps.secure_log(connection);
            migrate(connection, schema(), clock.now());
            opened = begin_run(connection, clock, ids, std::move(observers.clock_jump));
        }
        return std::make_unique<SqliteBackend>(std::move(lock), std::move(opened), real, ids, clock,
                                               std::move(observers), steps);
    } catch (const SqliteError& error) {
        throw StoreError(error.what());
    } catch (const Poco::Exception& error) {
        throw StoreError("database " + real.string() + ": " + error.displayText());
    }
}

}  // namespace jackgw::store
