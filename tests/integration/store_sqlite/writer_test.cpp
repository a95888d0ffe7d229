#include "store/sqlite/writer.h"

#include <sqlite3.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <latch>

#include "../../support/eventually.h"
#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "store/sqlite/migrations.h"
#include "store/store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::store::sqlite;
using namespace jackgw::test;

namespace {

constexpr std::string_view add = "INSERT INTO settings (name, value) VALUES (?1, '')";

int count_commit(void* commits) {
    ++*static_cast<std::atomic<int>*>(commits);
    return 0;
}

/// A writer, and a way to have units wait together for the next batch.
class WriterTest {
  public:
    WriterTest() {
        Connection database(file_, Connection::Mode::write);
        migrate(database, schema(), clock_.now());
        checkpointer_.emplace(file_);
        writer_.emplace(file_, ids_, *checkpointer_, store_clock_, 0);
        writer_->run([this](WriteTransaction& tx) {
            sqlite3_commit_hook(tx.connection().handle(), count_commit, &commits_);
        });
    }

    Writer& writer() { return *writer_; }
    void close() { writer_.reset(); }
    void observe(BatchObserver observer) { writer_->on_batch(clock_, std::move(observer)); }

    /// Runs the units as one batch, as far as max_batch allows; gives what each of them threw.
    std::vector<std::exception_ptr> run_together(std::vector<Writer::Unit> units) {
        std::vector<std::exception_ptr> errors(units.size());
        std::latch go(1);
        std::atomic<bool> blocking{false};
        std::vector<std::thread> threads;
        threads.emplace_back([&] {
            writer_->run([&](Transaction&) {
                blocking = true;
                go.wait();
            });
        });
        const bool started = eventually([&] { return blocking.load(); });
        for (std::size_t i = 0; i < units.size(); ++i) {
            threads.emplace_back([&, i] {
                try {
                    writer_->run(units[i]);
                } catch (...) {
                    errors[i] = std::current_exception();
                }
            });
            // One after the other, so that their order is known.
            eventually([&] { return writer_->backlog() == i + 1; });
        }
        commits_ = 0;
        go.count_down();
        for (std::thread& thread : threads) thread.join();
        REQUIRE(started);
        commits_ -= 1;  // the blocking one's
        return errors;
    }

    int commits() const { return commits_; }

    /// What a connection of its own sees: what is committed.
    std::int64_t stored() {
        Connection reader(file_, Connection::Mode::read);
        Statement row = reader.query("SELECT count(*) FROM settings");
        row.step();
        return row.integer(0);
    }

  private:
    static std::filesystem::path touched(const std::filesystem::path& file) {
        std::ofstream made(file);
        return file;
    }

    FakeClock clock_;
    IdGenerator ids_{clock_};
    StoreClock store_clock_{clock_, std::nullopt};
    TempFolder folder_;
    std::filesystem::path file_ = touched(folder_ / "jack.db");
    std::atomic<int> commits_{0};
    std::optional<Checkpointer> checkpointer_;
    std::optional<Writer> writer_;
};

Writer::Unit adding(const std::string& name) {
    return [name](Transaction& tx) { tx.db().run(add, name); };
}

std::vector<Writer::Unit> adding_many(int count) {
    std::vector<Writer::Unit> units;
    for (int i = 0; i < count; ++i) units.push_back(adding("n" + std::to_string(i)));
    return units;
}

template <typename Expected>
bool is_a(const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const Expected&) {
        return true;
    } catch (...) {
        return false;
    }
    return false;
}

/// A unit that meets a full file in a statement that SQLite can't undo alone: the whole transaction goes.
void fill_the_file(Transaction& tx) {
    Statement pages = tx.db().query("PRAGMA page_count");
    pages.step();
    tx.db().query("PRAGMA max_page_count = " + std::to_string(pages.integer(0))).step();
    tx.db().run(add, std::string(100'000, 'x'));
}

void make_room(Transaction& tx) {
    tx.db().query("PRAGMA max_page_count = 1073741823").step();
}

}  // namespace

TEST_CASE("Units that wait together are committed once") {
    WriterTest test;
    for (const auto& error : test.run_together(adding_many(20))) CHECK_FALSE(error);
    CHECK(test.commits() == 1);
    CHECK(test.stored() == 20);
}

TEST_CASE("A batch is limited") {
    WriterTest test;
    for (const auto& error : test.run_together(adding_many(static_cast<int>(Writer::max_batch) + 1)))
        CHECK_FALSE(error);
    CHECK(test.commits() == 2);
    CHECK(test.stored() == Writer::max_batch + 1);
}

TEST_CASE("Whoever is told of success finds it committed") {
    WriterTest test;
    for (int i = 0; i < 20; ++i) {
        test.writer().run(adding(std::to_string(i)));
        CHECK(test.stored() == i + 1);
    }
}

TEST_CASE("A unit that throws fails alone and leaves nothing") {
    WriterTest test;
    std::vector<Writer::Unit> units = adding_many(4);
    units.push_back([](Transaction& tx) {
        tx.db().run(add, "half done");
        throw std::logic_error("changed my mind");
    });
    units.push_back([](Transaction& tx) {
        tx.db().run(add, "also half done");
        tx.db().run(add, "n0");  // a constraint failure
    });
    units.push_back(adding("after them"));
    const auto errors = test.run_together(units);
    for (std::size_t i : {0U, 1U, 2U, 3U, 6U}) CHECK_FALSE(errors[i]);
    CHECK(is_a<std::logic_error>(errors[4]));
    CHECK(is_a<StoreError>(errors[5]));
    CHECK(test.commits() == 1);
    CHECK(test.stored() == 5);
}

TEST_CASE("A statement of a failed unit is not stuck") {
    WriterTest test;
    test.writer().run(adding("once"));
    CHECK_THROWS_AS(test.writer().run(adding("once")), StoreError);
    CHECK_NOTHROW(test.writer().run(adding("twice")));
    CHECK(test.stored() == 2);
}

TEST_CASE("If the transaction is lost the whole batch fails, and the next one works") {
    WriterTest test;
    std::vector<Writer::Unit> units = adding_many(3);
    units.push_back(fill_the_file);
    units.push_back(adding("after it"));
    for (const auto& error : test.run_together(units)) CHECK(is_a<Unavailable>(error));
    CHECK(test.commits() == 0);
    CHECK(test.stored() == 0);

    test.writer().run(make_room);
    CHECK_NOTHROW(test.writer().run(adding("again")));
    CHECK(test.stored() == 1);
}

TEST_CASE("Each batch is reported with its size and what became of it") {
    WriterTest test;
    std::vector<BatchReport> reports;  // the writer's thread is done with it when the waiters are told
    test.observe([&reports](const BatchReport& report) { reports.push_back(report); });
    test.run_together(adding_many(20));
    REQUIRE(reports.size() == 2);  // the first holds the unit that made the others wait
    CHECK(reports[0].operations == 1);
    CHECK(reports[1].operations == 20);
    CHECK(reports[1].committed);

    test.run_together({fill_the_file, adding("with it")});
    REQUIRE(reports.size() == 4);
    CHECK(reports[3].operations == 2);
    CHECK_FALSE(reports[3].committed);
}

TEST_CASE("A unit that swallows the loss of the transaction does not commit the rest of the batch") {
    WriterTest test;
    std::vector<Writer::Unit> units = adding_many(3);
    units.push_back([](Transaction& tx) {
        try {
            fill_the_file(tx);
        } catch (const std::exception&) {
            return;
        }
    });
    units.push_back(adding("after it"));
    for (const auto& error : test.run_together(units)) CHECK(error);
    CHECK(test.stored() == 0);
}

TEST_CASE("Numbers are given once, also after a failure") {
    WriterTest test;
    std::vector<std::int64_t> numbers;
    const auto take = [&numbers](Transaction& tx) { numbers.push_back(tx.next_seq()); };
    test.writer().run(take);
    CHECK_THROWS(test.writer().run([&](Transaction& tx) {
        take(tx);
        throw std::logic_error("changed my mind");
    }));
    test.writer().run(take);
    REQUIRE(numbers.size() == 3);
    CHECK(numbers[0] < numbers[1]);
    CHECK(numbers[1] < numbers[2]);
}

TEST_CASE("Closing finishes what is queued") {
    WriterTest test;
    std::latch go(1);
    std::atomic<bool> blocking{false};
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        test.writer().run([&](Transaction&) {
            blocking = true;
            go.wait();
        });
    });
    const bool started = eventually([&] { return blocking.load(); });
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            test.writer().run(adding(std::to_string(i)));
            ++done;
        });
    const bool queued = eventually([&] { return test.writer().backlog() == 8; });
    std::thread closer([&] { test.close(); });
    go.count_down();
    closer.join();
    for (std::thread& thread : threads) thread.join();
    CHECK(started);
    CHECK(queued);
    CHECK(done == 8);
    CHECK(test.stored() == 8);
}

TEST_CASE("A database whose counter is gone is told of, again and again, and nothing is stored in it") {
    WriterTest test;
    // The batch that deletes it still knows its number.
    test.writer().run([](Transaction& tx) {
        tx.next_seq();
        tx.db().run("DELETE FROM counter");
    });
    for (int i = 0; i < 2; ++i) {
        CHECK_THROWS_AS(test.writer().run(adding("lost")), StoreError);
        CHECK_THROWS_AS(test.writer().run([](Transaction& tx) { tx.next_seq(); }), StoreError);
    }
    CHECK(test.stored() == 0);
}
