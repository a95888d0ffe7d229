// SQLite's locks and shared memory, within one process.
#include <algorithm>
#include <atomic>

#include "power_disk_state.h"

namespace jackgw::test {

void lower_lock(Handle& handle, int level) {
    Inode& inode = *handle.inode;
    if (inode.exclusive == &handle && level < SQLITE_LOCK_EXCLUSIVE) inode.exclusive = nullptr;
    if (inode.pending == &handle && level < SQLITE_LOCK_PENDING) inode.pending = nullptr;
    if (inode.reserved == &handle && level < SQLITE_LOCK_RESERVED) inode.reserved = nullptr;
    if (handle.level >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED && inode.shared > 0) --inode.shared;
    handle.level = std::min(handle.level, level);
}

void drop_shm_locks(Handle& handle) {
    for (int at = 0; at < shm_locks; ++at) {
        const auto slot = static_cast<std::size_t>(at);
        if (handle.shm_held[slot] == 1 && handle.inode->shm_shared[slot] > 0)
            --handle.inode->shm_shared[slot];
        if (handle.shm_held[slot] == 2) handle.inode->shm_exclusive[slot] = nullptr;
        handle.shm_held[slot] = 0;
    }
}

int lock_file(sqlite3_file* file, int level) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    if (handle.state->dead) return SQLITE_IOERR_LOCK;
    Inode& inode = *handle.inode;
    const auto others_hold = [&](const void* owner) { return owner != nullptr && owner != &handle; };
    if (level <= handle.level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED) {
        if (others_hold(inode.pending) || others_hold(inode.exclusive)) return SQLITE_BUSY;
        ++inode.shared;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (others_hold(inode.reserved)) return SQLITE_BUSY;
        inode.reserved = &handle;
    } else {
        if (others_hold(inode.pending) || others_hold(inode.reserved)) return SQLITE_BUSY;
        inode.pending = &handle;
        if (inode.shared > 1) {
            handle.level = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
        inode.exclusive = &handle;
    }
    handle.level = level;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    lower_lock(handle, level);
    return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* file, int* held) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    *held = handle.inode->reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    *memory = nullptr;
    if (handle.state->dead) return SQLITE_IOERR_SHMMAP;
    auto& shm = handle.inode->shm;
    const auto index = static_cast<std::size_t>(region);
    while (extend != 0 && shm.size() <= index)
        shm.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    if (index < shm.size()) *memory = shm[index].get();
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    Inode& inode = *handle.inode;
    const auto first = static_cast<std::size_t>(offset);
    const auto last = first + static_cast<std::size_t>(count);
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (std::size_t slot = first; slot < last; ++slot) {
            if (handle.shm_held[slot] == 1 && inode.shm_shared[slot] > 0) --inode.shm_shared[slot];
            if (handle.shm_held[slot] == 2) inode.shm_exclusive[slot] = nullptr;
            handle.shm_held[slot] = 0;
        }
        return SQLITE_OK;
    }
    if (handle.state->dead) return SQLITE_IOERR_SHMLOCK;
    for (std::size_t slot = first; slot < last; ++slot) {
        if (inode.shm_exclusive[slot] != nullptr && inode.shm_exclusive[slot] != &handle) return SQLITE_BUSY;
        const int mine = handle.shm_held[slot] == 1 ? 1 : 0;
        if (exclusive && inode.shm_shared[slot] > mine) return SQLITE_BUSY;
    }
    for (std::size_t slot = first; slot < last; ++slot) {
        if (exclusive) {
            if (handle.shm_held[slot] == 1) --inode.shm_shared[slot];
            inode.shm_exclusive[slot] = &handle;
            handle.shm_held[slot] = 2;
        } else if (handle.shm_held[slot] == 0) {
            ++inode.shm_shared[slot];
            handle.shm_held[slot] = 1;
        }
    }
    return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

int shm_unmap(sqlite3_file* file, int remove) {
    Handle& handle = handle_of(file);
    const Lock lock(handle.state->mutex);
    drop_shm_locks(handle);
    if (remove != 0) handle.inode->shm.clear();
    return SQLITE_OK;
}

}  // namespace jackgw::test
