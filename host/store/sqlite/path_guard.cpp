#include "store/sqlite/path_guard.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/errors.h"

namespace jackgw::store::sqlite {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what) {
    throw Unavailable("the database's file " + path.string() + " " + what +
                      "; nothing was changed: put the very file back that was there, or stop the gateway, "
                      "restore a backup and start it");
}

}  // namespace

PathGuard::PathGuard(const std::filesystem::path& database) {
    for (const char* ending : {"", "-wal", "-shm"}) {
        const std::filesystem::path path = database.string() + ending;
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0) files_.push_back({path, status.st_dev, status.st_ino});
    }
}

void PathGuard::check() const {
    for (const File& file : files_) {
        struct stat status {};
        if (::stat(file.path.c_str(), &status) != 0) {
            if (errno == ENOENT) refuse(file.path, "was moved or deleted");
            refuse(file.path, std::string("can't be looked up: ") + std::strerror(errno));
        }
        if (status.st_dev != file.device || status.st_ino != file.number)
            refuse(file.path, "was replaced by another one");
    }
}

}  // namespace jackgw::store::sqlite
