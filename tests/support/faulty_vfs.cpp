#include "faulty_vfs.h"

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace jackgw::test {

struct FaultyVfs::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::atomic<int> write_fault{SQLITE_OK};
    std::atomic<int> sync_fault{SQLITE_OK};
    std::atomic<int> read_fault{SQLITE_OK};
    std::atomic<int> wal_syncs{0};
    std::atomic<int> syncs_to_fail{0};
    std::atomic<int> next_sync_fault{SQLITE_OK};
    std::atomic<std::int64_t> sync_delay_us{0};
    std::mutex mutex;
    std::condition_variable unblocked;
    bool blocked = false;

    void wait_while_blocked() {
        std::unique_lock lock(mutex);
        unblocked.wait(lock, [this] { return !blocked; });
    }
};

namespace {

/// SQLite gives the memory: this, and behind it the real file system's own file.
struct File {
    sqlite3_file base;
    FaultyVfs::State* state;
    bool is_wal;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* self(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}

const sqlite3_io_methods* real_methods(sqlite3_file* file) {
    return self(file)->real()->pMethods;
}

int close(sqlite3_file* file) {
    return real_methods(file)->xClose(self(file)->real());
}

int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
    if (const int fault = self(file)->state->read_fault; fault != SQLITE_OK) return fault;
    return real_methods(file)->xRead(self(file)->real(), bytes, count, offset);
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    if (const int fault = self(file)->state->write_fault; fault != SQLITE_OK) return fault;
    return real_methods(file)->xWrite(self(file)->real(), bytes, count, offset);
}

int sync(sqlite3_file* file, int flags) {
    FaultyVfs::State& state = *self(file)->state;
    if (self(file)->is_wal) ++state.wal_syncs;
    if (const auto delay = state.sync_delay_us.load(); delay > 0)
        std::this_thread::sleep_for(std::chrono::microseconds{delay});
    state.wait_while_blocked();
    if (const int fault = state.sync_fault; fault != SQLITE_OK) return fault;
    if (state.syncs_to_fail > 0 && state.syncs_to_fail-- > 0) return state.next_sync_fault;
    return real_methods(file)->xSync(self(file)->real(), flags);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return real_methods(file)->xTruncate(self(file)->real(), size);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_methods(file)->xFileSize(self(file)->real(), size);
}

int lock(sqlite3_file* file, int level) {
    return real_methods(file)->xLock(self(file)->real(), level);
}

int unlock(sqlite3_file* file, int level) {
    return real_methods(file)->xUnlock(self(file)->real(), level);
}

int check_reserved_lock(sqlite3_file* file, int* held) {
    return real_methods(file)->xCheckReservedLock(self(file)->real(), held);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
    return real_methods(file)->xFileControl(self(file)->real(), operation, argument);
}

int sector_size(sqlite3_file* file) {
    return real_methods(file)->xSectorSize(self(file)->real());
}

int device_characteristics(sqlite3_file* file) {
    return real_methods(file)->xDeviceCharacteristics(self(file)->real());
}

int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return real_methods(file)->xShmMap(self(file)->real(), page, size, extend, memory);
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real_methods(file)->xShmLock(self(file)->real(), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) {
    real_methods(file)->xShmBarrier(self(file)->real());
}

int shm_unmap(sqlite3_file* file, int remove) {
    return real_methods(file)->xShmUnmap(self(file)->real(), remove);
}

const sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* opened, int flags, int* out_flags) {
    auto* state = static_cast<FaultyVfs::State*>(vfs->pAppData);
    File* file = self(opened);
    file->state = state;
    file->is_wal = (flags & SQLITE_OPEN_WAL) != 0;
    file->base.pMethods = nullptr;
    const int code = state->real->xOpen(state->real, name, file->real(), flags, out_flags);
    if (file->real()->pMethods != nullptr) file->base.pMethods = &methods;
    return code;
}

}  // namespace

FaultyVfs::FaultyVfs() : state_(std::make_unique<State>()) {
    state_->real = sqlite3_vfs_find(nullptr);
    state_->vfs = *state_->real;  // what isn't about open files is the real one's
    state_->vfs.zName = "faulty";
    state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
    state_->vfs.pAppData = state_.get();
    state_->vfs.xOpen = open;
    if (sqlite3_vfs_register(&state_->vfs, 1) != SQLITE_OK) throw std::runtime_error("no faulty file system");
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->real, 1);
}

void FaultyVfs::fail_writes(int code) {
    state_->write_fault = code;
}

void FaultyVfs::fail_syncs(int code) {
    state_->sync_fault = code;
}

void FaultyVfs::fail_reads(int code) {
    state_->read_fault = code;
}

void FaultyVfs::fail_next_syncs(int count, int code) {
    state_->next_sync_fault = code;
    state_->syncs_to_fail = count;
}

void FaultyVfs::delay_syncs(std::chrono::microseconds delay) {
    state_->sync_delay_us = delay.count();
}

void FaultyVfs::block_syncs() {
    const std::lock_guard lock(state_->mutex);
    state_->blocked = true;
}

void FaultyVfs::heal() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->blocked = false;
    }
    state_->unblocked.notify_all();
    state_->syncs_to_fail = 0;
    state_->write_fault = SQLITE_OK;
    state_->sync_fault = SQLITE_OK;
    state_->read_fault = SQLITE_OK;
}

int FaultyVfs::wal_syncs() const {
    return state_->wal_syncs;
}

}  // namespace jackgw::test
