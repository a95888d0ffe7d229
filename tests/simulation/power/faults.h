#pragma once

#include <cstdint>
#include <optional>
#include <random>

#include "power_disk.h"

namespace jackgw::test {

/// Decides by a generator which of the coming calls of the disk fare badly.
class Faults {
  public:
    explicit Faults(std::mt19937_64& random) : random_(random) {}

    /// One fault is to come, of a random kind, at one of so many calls.
    void arm(std::uint64_t calls);
    void disarm() {
        fault_.reset();
        sync_failed_ = false;
    }
    bool armed() const { return fault_.has_value(); }
    /// A sync has failed since it was armed.
    bool sync_failed() const { return sync_failed_; }

    DiskVerdict judge(const DiskEvent& event);

  private:
    struct Fault {
        std::optional<DiskCall> call;  // of this kind alone
        std::uint64_t skip = 0;
        std::uint64_t count = 1;
        DiskVerdict verdict = DiskVerdict::go;
        std::optional<std::uint64_t> death_after;  // that many calls after the last of them
    };

    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    std::mt19937_64& random_;
    std::optional<Fault> fault_;
    bool sync_failed_ = false;
};

}  // namespace jackgw::test
