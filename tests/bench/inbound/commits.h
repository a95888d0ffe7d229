#pragma once

#include <cstdint>

namespace jackgw::bench {

/// The commits of a gateway's store since it began, as its metrics tell them.
struct Commits {
    double count = 0;
    double operations = 0;
    double seconds = 0;

    double batch() const { return count > 0 ? operations / count : 0; }
    double ms() const { return count > 0 ? 1000 * seconds / count : 0; }
    void add(const Commits& other);
    Commits since(const Commits& earlier) const;
};

/// Asks the server on this port; no commits if it has no metrics. Throws std::runtime_error without an
/// answer.
Commits read_commits(std::uint16_t port);

}  // namespace jackgw::bench
