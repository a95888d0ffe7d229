#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace jackgw::test {

/// A call that changes a file, or makes one durable.
enum class DiskCall { create, write, truncate, sync, remove };

/// What becomes of it.
enum class DiskVerdict {
    go,
    fail,        ///< it returns an error. A write has written at most a part, a sync has perhaps synced
    fail_full,   ///< a write says that the disk is full
    die_before,  ///< the process dies, and the call isn't made
    die_half,    ///< … in the middle of it: a write has written a part
    die_after    ///< … when it is made, before the caller hears of it
};

struct DiskEvent {
    std::uint64_t number = 0;  ///< of all such calls, from 1
    DiskCall call = DiskCall::write;
    std::string file;  ///< "db", "wal", "journal"
    std::uint64_t offset = 0;
    std::uint64_t count = 0;
};

/// A disk in memory under SQLite, whose power fails. While this object lives, every connection that is
/// opened goes to it; make it before the store and destroy it after. One at a time; calls may come from
/// several threads, the functions here are for one while no connection works.
///
/// The model. What is written stands in the page cache, where all see it. A file keeps, sector by sector of
/// 512 bytes, what is surely on the medium and each content that the sector has had since. A sync that
/// succeeds makes the present content the sure one. One that fails leaves open what of it got there, and the
/// kernel takes the sectors for clean all the same: later syncs pass them over until they are written again.
/// Sizes and directory entries are kept alike; the first sync of a journal or log syncs its entry, as SQLite
/// does on unix. A cut chooses, by its seed, one of: all that was unsynced is lost; all is kept; it was kept
/// up to a moment, in order; each write is kept or lost by itself, whatever came before; the same for each
/// sector, so that writes are torn. The kept sectors of one write hold what the page cache held then. What
/// is beyond the sure size may be noise. A process that is killed loses nothing of the page cache.
///
/// From the death of the process on every call fails without any effect, until cut() or kill() has made what
/// the next process finds; all connections must be closed before. Locks and shared memory die with it. Empty
/// files of the same names stand in the real folder, for those who look whether a path leads to a file.
class PowerDisk {
  public:
    PowerDisk();
    ~PowerDisk();
    PowerDisk(const PowerDisk&) = delete;
    PowerDisk& operator=(const PowerDisk&) = delete;

    /// Asked about each call; not set: all go. Called with the disk locked: it must not touch it.
    void decide(std::function<DiskVerdict(const DiskEvent&)> decide);

    bool dead() const;
    /// How many calls were asked about.
    std::uint64_t calls() const;

    /// The process dies now.
    void die();
    /// The power fails now, or failed when the process died.
    void cut(std::uint64_t seed);
    /// The process alone dies.
    void kill();

    /// A disk that lies: syncs succeed and make nothing durable.
    void lie_about_syncs(bool lies);

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace jackgw::test
