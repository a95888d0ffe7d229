#pragma once

#include <atomic>
#include <chrono>
#include <memory>

namespace jackgw::test {

/// A file system under SQLite that fails on demand. While this object lives, every connection that is opened
/// goes through it; make it before the store and destroy it after. One at a time. The switches may be turned
/// from any thread.
class FaultyVfs {
  public:
    FaultyVfs();
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

    // Each takes an SQLite result code, e.g. SQLITE_FULL.
    void fail_writes(int code);
    void fail_syncs(int code);
    void fail_reads(int code);
    /// The next so many syncs fail, those after them work.
    void fail_next_syncs(int count, int code);
    /// Each sync takes that much longer, as on a disk that is honest about it.
    void delay_syncs(std::chrono::microseconds delay);
    /// Syncs don't come back until heal().
    void block_syncs();
    void heal();

    /// How often a write-ahead log was synced: each COMMIT does it once.
    int wal_syncs() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace jackgw::test
