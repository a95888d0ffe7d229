#include "faults.h"

#include <array>

namespace jackgw::test {

void Faults::arm(std::uint64_t calls) {
    sync_failed_ = false;
    constexpr std::array deaths{DiskVerdict::die_before, DiskVerdict::die_half, DiskVerdict::die_after};
    switch (pick(6)) {
        case 0:
        case 1:
            fault_ = {DiskCall::sync, pick(2), 1 + pick(3), DiskVerdict::fail, {}};
            if (pick(3) == 0) fault_->death_after = pick(3);
            break;
        case 2:
            fault_ = {DiskCall::write,
                      pick(calls),
                      1 + pick(calls),
                      pick(2) == 0 ? DiskVerdict::fail : DiskVerdict::fail_full,
                      {}};
            break;
        case 3:
            fault_ = {DiskCall::sync, pick(3), 1, deaths[pick(deaths.size())], {}};
            break;
        default:
            fault_ = {std::nullopt, pick(calls), 1, deaths[pick(deaths.size())], {}};
    }
}

DiskVerdict Faults::judge(const DiskEvent& event) {
    if (!fault_) return DiskVerdict::go;
    if (fault_->count == 0) {
        if (fault_->death_after && (*fault_->death_after)-- == 0) return DiskVerdict::die_before;
        return DiskVerdict::go;
    }
    if (fault_->call && *fault_->call != event.call) return DiskVerdict::go;
    if (fault_->skip > 0) {
        --fault_->skip;
        return DiskVerdict::go;
    }
    --fault_->count;
    if (event.call == DiskCall::sync && fault_->verdict == DiskVerdict::fail) sync_failed_ = true;
    return fault_->verdict;
}

}  // namespace jackgw::test
