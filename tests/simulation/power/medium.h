#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace jackgw::test {

/// Which of the unsynced changes a power cut keeps: see PowerDisk. A change is known by its number, which
/// grows over all files.
class Survival {
  public:
    Survival(std::uint64_t seed, std::uint64_t last_change);

    /// Of a whole change: a size, a directory entry, all sectors of a write.
    bool keeps(std::uint64_t change);
    /// Of one sector of a write.
    bool keeps_sector(std::uint64_t change);
    bool noise() { return noise_; }
    char random_byte() { return static_cast<char>(random_()); }

  private:
    enum class Mode { lose_all, keep_all, prefix, each_change, each_sector };

    std::mt19937_64 random_;
    Mode mode_;
    std::uint64_t until_ = 0;
    bool noise_ = false;
    std::map<std::uint64_t, bool> decided_;
};

/// One file: the page cache's content, and what of it is surely on the medium. See PowerDisk for the model.
class Medium {
  public:
    static constexpr std::size_t sector_bytes = 512;

    const std::string& content() const { return content_; }
    void write(const void* bytes, std::size_t count, std::size_t offset, std::uint64_t change);
    void truncate(std::size_t size, std::uint64_t change);

    void sync();
    /// All that is unsynced is in doubt from now on, and clean.
    void fail_sync();

    /// The content becomes what the power cut has left, and that is sure.
    void cut(Survival& survival);

  private:
    struct Version {
        std::uint64_t change;
        std::string bytes;
        bool cut_off = false;  // by a truncation, which is one change for all sectors
    };
    struct Sector {
        std::string sure;
        std::vector<Version> since;
        bool dirty = false;
    };
    struct Size {
        std::uint64_t change;
        std::size_t bytes;
    };

    std::string sector_now(std::size_t sector) const;
    void note(std::size_t first, std::size_t last, std::uint64_t change,
              const std::map<std::size_t, std::string>& before);
    void resize(std::size_t size, std::uint64_t change);

    std::string content_;
    std::map<std::size_t, Sector> unsure_;
    std::size_t sure_size_ = 0;
    std::vector<Size> sizes_;  // since then
    bool size_dirty_ = false;
};

}  // namespace jackgw::test
