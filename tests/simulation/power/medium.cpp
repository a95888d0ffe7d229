#include "medium.h"

#include <algorithm>
#include <cstring>

namespace jackgw::test {

Survival::Survival(std::uint64_t seed, std::uint64_t last_change) : random_(seed) {
    mode_ = static_cast<Mode>(random_() % 5);
    until_ = last_change == 0 ? 0 : random_() % (last_change + 1);
    // Near the end it matters most.
    if (random_() % 2 == 0) until_ = last_change - std::min<std::uint64_t>(last_change, random_() % 12);
    noise_ = random_() % 2 == 0;
}

bool Survival::keeps(std::uint64_t change) {
    switch (mode_) {
        case Mode::lose_all:
            return false;
        case Mode::keep_all:
            return true;
        case Mode::prefix:
            return change <= until_;
        default: {
            const auto found = decided_.find(change);
            if (found != decided_.end()) return found->second;
            return decided_[change] = random_() % 2 == 0;
        }
    }
}

bool Survival::keeps_sector(std::uint64_t change) {
    return mode_ == Mode::each_sector ? random_() % 2 == 0 : keeps(change);
}

std::string Medium::sector_now(std::size_t sector) const {
    const std::size_t begin = sector * sector_bytes;
    std::string bytes(sector_bytes, '\0');
    if (begin < content_.size())
        std::memcpy(bytes.data(), content_.data() + begin, std::min(sector_bytes, content_.size() - begin));
    return bytes;
}

void Medium::resize(std::size_t size, std::uint64_t change) {
    if (size == content_.size()) return;
    content_.resize(size, '\0');
    sizes_.push_back({change, size});
    size_dirty_ = true;
}

void Medium::write(const void* bytes, std::size_t count, std::size_t offset, std::uint64_t change) {
    if (count == 0) return;
    const std::size_t first = offset / sector_bytes;
    const std::size_t last = (offset + count - 1) / sector_bytes;
    for (std::size_t sector = first; sector <= last; ++sector)
        if (!unsure_.contains(sector)) unsure_[sector].sure = sector_now(sector);
    resize(std::max(content_.size(), offset + count), change);
    std::memcpy(content_.data() + offset, bytes, count);
    for (std::size_t sector = first; sector <= last; ++sector) {
        unsure_[sector].since.push_back({change, sector_now(sector)});
        unsure_[sector].dirty = true;
    }
}

void Medium::truncate(std::size_t size, std::uint64_t change) {
    const std::size_t before = content_.size();
    if (size < before) {  // what was cut off reads as zeros if the file grows again
        const std::size_t first = size / sector_bytes;
        const std::size_t last = (before - 1) / sector_bytes;
        for (std::size_t sector = first; sector <= last; ++sector)
            if (!unsure_.contains(sector)) unsure_[sector].sure = sector_now(sector);
        resize(size, change);
        for (std::size_t sector = first; sector <= last; ++sector) {
            unsure_[sector].since.push_back({change, sector_now(sector), true});
            unsure_[sector].dirty = true;
        }
    } else {
        resize(size, change);
    }
}

void Medium::sync() {
    std::size_t end = 0;  // what is written out is within the file
    for (auto at = unsure_.begin(); at != unsure_.end();) {
        if (at->second.dirty) {
            end = std::max(end, std::min((at->first + 1) * sector_bytes, content_.size()));
            at = unsure_.erase(at);
        } else {
            ++at;
        }
    }
    if (size_dirty_) {
        sure_size_ = content_.size();
        sizes_.clear();
        size_dirty_ = false;
    } else {
        sure_size_ = std::max(sure_size_, end);
        for (Size& size : sizes_) size.bytes = std::max(size.bytes, end);
    }
}

void Medium::fail_sync() {
    for (auto& [sector, state] : unsure_) state.dirty = false;
    size_dirty_ = false;
}

void Medium::cut(Survival& survival) {
    std::size_t size = sure_size_;
    for (const Size& each : sizes_)
        if (survival.keeps(each.change)) size = each.bytes;
    std::string left = content_;
    left.resize(std::max(size, content_.size()), '\0');
    for (const auto& [sector, state] : unsure_) {
        std::string bytes = state.sure;
        bool kept = false;
        for (const Version& version : state.since)
            if (version.cut_off ? survival.keeps(version.change) : survival.keeps_sector(version.change)) {
                bytes = version.bytes;
                kept = true;
            }
        const std::size_t begin = sector * sector_bytes;
        if (!kept && begin >= sure_size_ && survival.noise())
            for (char& byte : bytes) byte = survival.random_byte();
        if (left.size() < begin + sector_bytes) left.resize(begin + sector_bytes, '\0');
        std::memcpy(left.data() + begin, bytes.data(), sector_bytes);
    }
    left.resize(size, '\0');
    content_ = std::move(left);
    unsure_.clear();
    sizes_.clear();
    sure_size_ = size;
    size_dirty_ = false;
}

}  // namespace jackgw::test
