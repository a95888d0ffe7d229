#pragma once

#include <filesystem>

namespace jackgw::store::sqlite {

/// Keeps a database to one process, through an advisory lock on `<file>.lock` beside it: SQLite would let
/// several in, and their queues would send twice. The kernel lets go of the lock when the process ends,
/// however it ends; the side file stays, since removing it would let two processes lock two files of one
/// name.
class FileLock {
  public:
    /// Throws StoreError that names the file and who holds it.
    explicit FileLock(const std::filesystem::path& database);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int descriptor_ = -1;
};

}  // namespace jackgw::store::sqlite
