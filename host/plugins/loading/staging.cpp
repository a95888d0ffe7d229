#include "plugins/loading/staging.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "plugins/loading/elf_check.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::plugins {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return value_; }

  private:
    int value_;
};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& cause) {
    throw PluginError("plugin file " + file.string() + ": " + cause);
}

/// Whoever may write the file decides what runs in this process.
void check_owner(const std::filesystem::path& file, const struct stat& info) {
    if (!S_ISREG(info.st_mode)) refuse(file, "it is not a regular file");
    if (info.st_uid != 0 && info.st_uid != ::geteuid())
        refuse(file, "it belongs to user " + std::to_string(info.st_uid) +
                         "; only files of root or of the gateway's own user are loaded (chown it)");
    if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        refuse(file, "it is writable by its group or by others; remove that right (chmod go-w)");
}

constexpr std::string_view folder_prefix = "jackgw-plugins-";

/// Deletes the folders of processes that are gone: whoever is killed can't clean up.
void remove_left_over(const std::filesystem::path& parent) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(folder_prefix)) continue;
        const pid_t owner = std::atoi(name.c_str() + folder_prefix.size());
        struct stat info {};
        if (owner <= 0 || ::kill(owner, 0) == 0 || errno != ESRCH) continue;
        if (::lstat(entry.path().c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != ::geteuid())
            continue;
        std::filesystem::remove_all(entry.path(), ignored);
    }
}

}  // namespace

StagedFile::~StagedFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

StagingArea::StagingArea() {
    std::error_code fault;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(fault);
    if (fault)
        throw PluginError("there is no folder for temporary files: " + fault.message() +
                          "; set TMPDIR to a folder that the gateway may write to");
    remove_left_over(parent);
    std::string pattern =
        (parent / (std::string(folder_prefix) + std::to_string(::getpid()) + "-XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw PluginError("no folder for plugin copies can be made as " + pattern + ": " +
                          std::strerror(errno) + "; set TMPDIR to a folder that the gateway may write to");
    directory_ = pattern;
}

StagingArea::~StagingArea() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

StagedFile StagingArea::stage(const std::filesystem::path& file) {
    const Descriptor source(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (source.get() < 0) refuse(file, std::strerror(errno));
    struct stat info {};
    if (::fstat(source.get(), &info) != 0) refuse(file, std::strerror(errno));
    check_owner(file, info);

    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = next_number_++;
    }
    StagedFile staged(directory_ / (file.stem().string() + "." + std::to_string(number) + ".so"));
    const Descriptor target(::open(staged.path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0500));
    if (target.get() < 0) refuse(file, "no private copy could be made: " + std::string(std::strerror(errno)));
    for (;;) {
        const ssize_t copied = ::sendfile(target.get(), source.get(), nullptr, 1 << 20);
        if (copied < 0 && errno == EINTR) continue;
        if (copied < 0) refuse(file, "copying it failed: " + std::string(std::strerror(errno)));
        if (copied == 0) break;
    }
    // The copy is what will be mapped, so the copy is what is checked: the original may change at any moment.
    if (::fstat(target.get(), &info) != 0) refuse(file, std::strerror(errno));
    if (const auto fault = find_elf_fault(target.get(), static_cast<std::uint64_t>(info.st_size)))
        refuse(file, *fault);
    return staged;
}

}  // namespace jackgw::plugins
