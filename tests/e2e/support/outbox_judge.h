#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "outbox_load.h"
#include "stack.h"

namespace jackgw::test {

/// What the gateway says of messages, held against what the provider has.
struct Judgement {
    std::size_t accepted = 0;  ///< messages that the provider has
    std::size_t failed = 0;    ///< truthfully: not accepted, or not delivered
    std::vector<std::string> doubled;
    std::vector<std::string> lost;        ///< not ended, and not in doubt
    std::vector<std::string> untruthful;  ///< the gateway says one thing, the provider another
    std::vector<std::string> unknown;

    /// Nothing is wrong, and nothing is left to be told.
    bool is_clean() const { return doubled.empty() && lost.empty() && untruthful.empty() && unknown.empty(); }
};

/// Judges all that was acknowledged, and all else that either side has: by the texts, which differ. Without
/// reports the gateway need know no more than that the provider has taken a message.
Judgement judge(Stack& stack, const std::vector<Acknowledged>& acknowledged, bool reports);

/// The first few of a list, each on a line of its own.
std::string first_of(const std::vector<std::string>& list);

}  // namespace jackgw::test
