#include "store/sqlite/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "store/errors.h"

namespace jackgw::store::sqlite {

namespace {

std::string holder(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
    if (length <= 0) return "another process";
    return "process " + std::string(text.data(), static_cast<std::size_t>(length));
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& database) {
    const std::string side_file = database.string() + ".lock";
    descriptor_ = ::open(side_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        throw StoreError("can't open the lock file " + side_file + ": " + std::strerror(errno));
    // flock belongs to this open file, not to the process: a second store in the same process is refused too.
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const std::string who = errno == EWOULDBLOCK ? "in use by " + holder(descriptor_)
                                                     : std::string("not lockable: ") + std::strerror(errno);
        ::close(descriptor_);
        throw StoreError("database " + database.string() + " is " + who +
                         ": one gateway per database file; stop the other one or name another file");
    }
    const std::string pid = std::to_string(::getpid());
    // The number only serves the message above; without it the lock holds as well.
    if (::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, pid.data(), pid.size(), 0) < 0)
        ::ftruncate(descriptor_, 0);
}

FileLock::~FileLock() {
    ::close(descriptor_);
}

}  // namespace jackgw::store::sqlite
