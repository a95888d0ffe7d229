#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>

namespace jackgw::plugins {

/// A private copy of a plugin's file; deleted with the object.
class StagedFile {
  public:
    explicit StagedFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~StagedFile();
    StagedFile(StagedFile&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
    StagedFile& operator=(StagedFile&&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Makes private copies of plugin files in a directory of its own, which only this process's user can enter.
///
/// The dynamic loader returns the old handle for a path or inode that it knows, and a file that is
/// overwritten while it is mapped crashes the process: so every load gets a fresh copy under a name that was
/// never used before. Safe from any thread.
class StagingArea {
  public:
    /// Makes the directory below the system's folder for temporary files; it goes with the object. What
    /// processes that were killed have left there is deleted.
    StagingArea();
    ~StagingArea();
    StagingArea(const StagingArea&) = delete;
    StagingArea& operator=(const StagingArea&) = delete;

    /// Copies the file and checks the copy: a regular file of root or of this process's user, not writable by
    /// others, a complete ELF shared library. Throws PluginError with file and cause.
    StagedFile stage(const std::filesystem::path& file);

  private:
    std::filesystem::path directory_;
    std::mutex mutex_;
    std::uint64_t next_number_ = 1;
};

}  // namespace jackgw::plugins
