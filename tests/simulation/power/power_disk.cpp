#include "power_disk.h"

#include <stdexcept>

#include "power_disk_state.h"

namespace jackgw::test {

namespace {

PowerDisk::State& state_of(sqlite3_vfs* vfs) {
    return *static_cast<PowerDisk::State*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* opened, int flags, int* out_flags) {
    PowerDisk::State& state = state_of(vfs);
    File* file = reinterpret_cast<File*>(opened);
    file->base.pMethods = nullptr;
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_CANTOPEN;
    const std::string path = name != nullptr ? name : "temporary-" + std::to_string(++state.changes);
    auto found = state.entries.find(path);
    if (found == state.entries.end()) {
        const bool main = (flags & SQLITE_OPEN_MAIN_DB) != 0;
        if (main && std::filesystem::exists(path)) {
            // Whoever made it sees to its entry: that isn't SQLite's.
            auto inode = std::make_shared<Inode>();
            state.sure_entries[path] = inode;
            found = state.entries.emplace(path, std::move(inode)).first;
        } else if ((flags & SQLITE_OPEN_CREATE) == 0) {
            return SQLITE_CANTOPEN;
        } else {
            const DiskVerdict verdict = state.ask(DiskCall::create, path);
            if (verdict == DiskVerdict::go || verdict == DiskVerdict::die_after)
                state.change_entry(path, std::make_shared<Inode>());
            if (verdict != DiskVerdict::go) return SQLITE_CANTOPEN;
            found = state.entries.find(path);
        }
    }
    const bool of_database = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    file->handle = std::make_unique<Handle>(Handle{&state, found->second, path,
                                                   of_database && (flags & SQLITE_OPEN_CREATE) != 0,
                                                   (flags & SQLITE_OPEN_DELETEONCLOSE) != 0})
                       .release();  // SQLite closes it
    file->base.pMethods = &power_file_methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    PowerDisk::State& state = state_of(vfs);
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_IOERR_DELETE;
    if (!state.entries.contains(name)) return SQLITE_IOERR_DELETE_NOENT;
    const DiskVerdict verdict = state.ask(DiskCall::remove, name);
    if (verdict == DiskVerdict::go || verdict == DiskVerdict::die_after) {
        state.change_entry(name, nullptr);
        if (sync_folder != 0 && !state.lies) state.sync_entries();
    }
    return verdict == DiskVerdict::go ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int access(sqlite3_vfs* vfs, const char* name, int, int* result) {
    PowerDisk::State& state = state_of(vfs);
    const Lock lock(state.mutex);
    if (state.dead) return SQLITE_IOERR_ACCESS;
    const auto found = state.entries.find(name);
    // SQLite takes an empty log or journal for none.
    *result = found != state.entries.end() && !found->second->medium.content().empty() ? 1 : 0;
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* bytes) {
    PowerDisk::State& state = state_of(vfs);
    const Lock lock(state.mutex);
    for (int at = 0; at < count; ++at) bytes[at] = static_cast<char>(state.random());
    return count;
}

}  // namespace

PowerDisk::PowerDisk() : state_(std::make_unique<State>()) {
    state_->real = sqlite3_vfs_find(nullptr);
    state_->vfs = *state_->real;  // paths and time are the real one's
    state_->vfs.zName = "power";
    state_->vfs.szOsFile = static_cast<int>(sizeof(File));
    state_->vfs.pAppData = state_.get();
    state_->vfs.xOpen = open;
    state_->vfs.xDelete = remove;
    state_->vfs.xAccess = access;
    state_->vfs.xRandomness = randomness;
    if (sqlite3_vfs_register(&state_->vfs, 1) != SQLITE_OK) throw std::runtime_error("no disk with a cut");
    sqlite3_randomness(0, nullptr);  // the same numbers in each run
}

PowerDisk::~PowerDisk() {
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->real, 1);
}

void PowerDisk::decide(std::function<DiskVerdict(const DiskEvent&)> decide) {
    const Lock lock(state_->mutex);
    state_->decide = std::move(decide);
}

bool PowerDisk::dead() const {
    const Lock lock(state_->mutex);
    return state_->dead;
}

std::uint64_t PowerDisk::calls() const {
    const Lock lock(state_->mutex);
    return state_->calls;
}

void PowerDisk::die() {
    const Lock lock(state_->mutex);
    state_->dead = true;
}

void PowerDisk::lie_about_syncs(bool lies) {
    const Lock lock(state_->mutex);
    state_->lies = lies;
}

void PowerDisk::cut(std::uint64_t seed) {
    const Lock lock(state_->mutex);
    Survival survival(seed, state_->changes);
    const Entries before = state_->entries;
    Entries left = state_->sure_entries;
    for (const EntryChange& each : state_->entry_changes) {
        if (!survival.keeps(each.change)) continue;
        if (each.inode)
            left[each.path] = each.inode;
        else
            left.erase(each.path);
    }
    state_->entries = std::move(left);
    for (const auto& [path, inode] : state_->entries) inode->medium.cut(survival);
    state_->sync_entries();
    state_->show_entries(before);
    kill();
}

void PowerDisk::kill() {
    const Lock lock(state_->mutex);
    state_->forget_locks();
    state_->dead = false;
}

}  // namespace jackgw::test
