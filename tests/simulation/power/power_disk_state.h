#pragma once

#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "medium.h"
#include "power_disk.h"

/// What the parts of the PowerDisk share. Everything is guarded by the state's mutex.
namespace jackgw::test {

inline constexpr int shm_locks = SQLITE_SHM_NLOCK;

/// A file's content, its locks and its shared memory. It lives on while an entry or a connection has it.
struct Inode {
    Medium medium;
    int shared = 0;  // connections that hold SQLite's locks of the main file
    const void* reserved = nullptr;
    const void* pending = nullptr;
    const void* exclusive = nullptr;
    std::vector<std::unique_ptr<char[]>> shm;
    std::array<int, shm_locks> shm_shared{};
    std::array<const void*, shm_locks> shm_exclusive{};
};

using Entries = std::map<std::string, std::shared_ptr<Inode>>;

struct EntryChange {
    std::uint64_t change;
    std::string path;
    std::shared_ptr<Inode> inode;  // null: removed
};

inline void touch(const std::string& path) {
    std::ofstream made(path, std::ios::app);
}

inline void untouch(const std::string& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
}

inline std::string kind_of(const std::string& path) {
    if (path.ends_with("-wal")) return "wal";
    if (path.ends_with("-journal")) return "journal";
    return "db";
}

struct PowerDisk::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::recursive_mutex mutex;
    std::function<DiskVerdict(const DiskEvent&)> decide;
    std::uint64_t changes = 0;
    std::uint64_t calls = 0;
    bool dead = false;
    bool lies = false;
    std::mt19937_64 random{1};
    Entries entries;
    Entries sure_entries;
    std::vector<EntryChange> entry_changes;

    DiskVerdict ask(DiskCall call, const std::string& path, std::uint64_t offset = 0,
                    std::uint64_t count = 0) {
        if (dead) return DiskVerdict::fail;
        ++calls;
        const DiskVerdict verdict =
            decide ? decide({calls, call, kind_of(path), offset, count}) : DiskVerdict::go;
        if (verdict == DiskVerdict::die_before || verdict == DiskVerdict::die_half ||
            verdict == DiskVerdict::die_after)
            dead = true;
        return verdict;
    }
    void change_entry(const std::string& path, std::shared_ptr<Inode> inode) {
        if (inode) {
            entries[path] = inode;
            touch(path);
        } else {
            entries.erase(path);
            untouch(path);
        }
        entry_changes.push_back({++changes, path, std::move(inode)});
    }
    void sync_entries() {
        sure_entries = entries;
        entry_changes.clear();
    }
    void show_entries(const Entries& before) const {
        for (const auto& [path, inode] : before)
            if (!entries.contains(path)) untouch(path);
        for (const auto& [path, inode] : entries) touch(path);
    }
    void forget_locks() {
        for (const Entries* each : {&entries, &sure_entries})
            for (const auto& [path, inode] : *each) {
                inode->shared = 0;
                inode->reserved = inode->pending = inode->exclusive = nullptr;
                inode->shm.clear();
                inode->shm_shared = {};
                inode->shm_exclusive = {};
            }
    }
};

/// An open file.
struct Handle {
    PowerDisk::State* state;
    std::shared_ptr<Inode> inode;
    std::string path;
    bool sync_entry = false;  // the first sync makes the entry durable, too
    bool remove_at_close = false;
    int level = SQLITE_LOCK_NONE;
    std::array<int, shm_locks> shm_held{};  // 0 none, 1 shared, 2 exclusive
};

struct File {
    sqlite3_file base;
    Handle* handle;
};

inline Handle& handle_of(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file)->handle;
}

using Lock = std::lock_guard<std::recursive_mutex>;

/// Lets go of all locks above a level, and of those on shared memory.
void lower_lock(Handle& handle, int level);
void drop_shm_locks(Handle& handle);

/// SQLite's table of functions for these files, and those of it that lock.
extern const sqlite3_io_methods power_file_methods;
int lock_file(sqlite3_file* file, int level);
int unlock_file(sqlite3_file* file, int level);
int check_reserved_lock(sqlite3_file* file, int* held);
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** memory);
int shm_lock(sqlite3_file* file, int offset, int count, int flags);
void shm_barrier(sqlite3_file* file);
int shm_unmap(sqlite3_file* file, int remove);

}  // namespace jackgw::test
