// What SQLite does with an open file.
#include <algorithm>
#include <cstring>

#include "power_disk_state.h"

namespace jackgw::test {

namespace {

int close(sqlite3_file* file) {
    const std::unique_ptr<Handle> handle(reinterpret_cast<File*>(file)->handle);
    const Lock lock(handle->state->mutex);
    lower_lock(*handle, SQLITE_LOCK_NONE);
    drop_shm_locks(*handle);
    if (handle->remove_at_close && !handle->state->dead) handle->state->change_entry(handle->path, nullptr);
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    if (handle.state->dead) return SQLITE_IOERR_READ;
    const std::string& content = handle.inode->medium.content();
    const auto at = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(count);
    const std::size_t there = at >= content.size() ? 0 : std::min(wanted, content.size() - at);
    std::memcpy(bytes, content.data() + std::min(at, content.size()), there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(bytes) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    Handle& handle = handle_of(file);
    PowerDisk::State& state = *handle.state;
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_IOERR_WRITE;
    const auto at = static_cast<std::size_t>(offset);
    auto amount = static_cast<std::size_t>(count);
    const DiskVerdict verdict = state.ask(DiskCall::write, handle.path, at, amount);
    const bool failed = verdict != DiskVerdict::go && verdict != DiskVerdict::die_after;
    if (verdict == DiskVerdict::die_before)
        amount = 0;
    else if (failed)
        amount = state.random() % amount;  // less than all of it
    handle.inode->medium.write(bytes, amount, at, ++state.changes);
    if (verdict == DiskVerdict::fail_full) return SQLITE_FULL;
    return verdict == DiskVerdict::go ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = handle_of(file);
    PowerDisk::State& state = *handle.state;
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_IOERR_TRUNCATE;
    const DiskVerdict verdict = state.ask(DiskCall::truncate, handle.path, static_cast<std::size_t>(size));
    if (verdict == DiskVerdict::go || verdict == DiskVerdict::die_after)
        handle.inode->medium.truncate(static_cast<std::size_t>(size), ++state.changes);
    return verdict == DiskVerdict::go ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* file, int) {
    Handle& handle = handle_of(file);
    PowerDisk::State& state = *handle.state;
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_IOERR_FSYNC;
    const DiskVerdict verdict = state.ask(DiskCall::sync, handle.path);
    if (verdict == DiskVerdict::fail) handle.inode->medium.fail_sync();
    if ((verdict == DiskVerdict::go || verdict == DiskVerdict::die_after) && !state.lies) {
        handle.inode->medium.sync();
        if (handle.sync_entry) state.sync_entries();
        handle.sync_entry = false;
    }
    return verdict == DiskVerdict::go ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    if (handle.state->dead) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(handle.inode->medium.content().size());
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
    return static_cast<int>(Medium::sector_bytes);
}

int device_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // a write changes nothing beside it: as SQLite takes it on unix
}

}  // namespace

const sqlite3_io_methods power_file_methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
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

}  // namespace jackgw::test
