#pragma once

#include <sys/types.h>

#include <filesystem>
#include <vector>

namespace jackgw::store::sqlite {

/// Knows the database's files as they were when it was made, and notices when their paths lead elsewhere: a
/// file that was moved, deleted or replaced goes on taking what is written to it, and nobody finds it again.
/// Safe from any thread.
class PathGuard {
  public:
    /// For a database that is open, with its side files.
    explicit PathGuard(const std::filesystem::path& database);

    /// Costs a system call a file. Throws Unavailable that names the path and says what to do.
    void check() const;

  private:
    struct File {
        std::filesystem::path path;
        dev_t device;
        ino_t number;
    };

    std::vector<File> files_;
};

}  // namespace jackgw::store::sqlite
