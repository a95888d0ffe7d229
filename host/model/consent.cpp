#include "model/consent.h"

#include <algorithm>

namespace jackgw {

std::vector<ConsentState> consent_states(const std::vector<ConsentEntry>& ledger) {
    std::vector<ConsentState> states;
    for (const ConsentEntry& entry : ledger) {
        if (entry.kind == ConsentKind::help) continue;
        const auto same = [&](const ConsentState& state) {
            return state.channel == entry.channel && state.address == entry.address &&
                   state.scope == entry.scope;
        };
        auto state = std::ranges::find_if(states, same);
        if (state == states.end())
            state = states.insert(states.end(), {entry.channel, entry.address, entry.scope, false, {}});
        const bool opted_out = entry.kind == ConsentKind::opt_out;
        if (state->since == Timestamp{} || state->opted_out != opted_out) state->since = entry.at;
        state->opted_out = opted_out;
    }
    return states;
}

}  // namespace jackgw
