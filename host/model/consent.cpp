#include "model/consent.h"

#include <algorithm>
#include <utility>

namespace jackgw {

namespace {

/// A scope's state, and the last word on it.
struct Line {
    ConsentState state;
    LastWord word;
};

/// Only what was said about the same address on the same channel is weighed together.
bool same_guest(const Line& line, const ConsentEntry& entry) {
    return line.state.channel == entry.channel && line.state.address == entry.address;
}

Line* find_line(std::vector<Line>& lines, const ConsentEntry& entry, std::string_view scope) {
    const auto found = std::ranges::find_if(
        lines, [&](const Line& line) { return same_guest(line, entry) && line.state.scope == scope; });
    return found == lines.end() ? nullptr : &*found;
}

/// The line of the entry's scope. A new one begins with what the whole channel's state has been so far.
Line& line_of(std::vector<Line>& lines, const ConsentEntry& entry) {
    if (Line* line = find_line(lines, entry, entry.scope)) return *line;
    Line line{{entry.channel, entry.address, entry.scope, false, {}}, {}};
    if (const Line* channel = find_line(lines, entry, whole_channel);
        channel != nullptr && channel->state.opted_out) {
        line.state.opted_out = true;
        line.state.since = channel->state.since;
    }
    return lines.emplace_back(std::move(line));
}

void apply(std::vector<Line>& lines, const ConsentEntry& entry, std::int64_t position) {
    LastWord& word = line_of(lines, entry).word;
    word = next_word(word, entry.kind, entry.ambiguous, position);
    const Line* channel = find_line(lines, entry, whole_channel);
    const LastWord channel_word = channel == nullptr ? LastWord{} : channel->word;
    for (Line& line : lines) {
        if (!same_guest(line, entry)) continue;
        const bool opted_out = opt_out_of(line.word, channel_word) != OptOut::none;
        ConsentState& state = line.state;
        if (state.since == Timestamp{} || state.opted_out != opted_out) state.since = entry.at;
        state.opted_out = opted_out;
    }
}

}  // namespace

LastWord next_word(const LastWord& before, ConsentKind kind, bool ambiguous, std::int64_t seq) {
    if (kind == ConsentKind::help) return before;
    if (kind == ConsentKind::opt_out) return {seq, true};
    if (ambiguous) return {before.opted_out ? 0 : before.seq, false};
    return {seq, false};
}

OptOut opt_out_of(const LastWord& scope, const LastWord& channel) {
    if (scope.opted_out) return OptOut::of_scope;
    return channel.opted_out && channel.seq > scope.seq ? OptOut::of_channel : OptOut::none;
}

std::vector<ConsentState> consent_states(const std::vector<ConsentEntry>& ledger) {
    std::vector<Line> lines;
    std::int64_t position = 0;
    for (const ConsentEntry& entry : ledger)
        if (entry.kind != ConsentKind::help) apply(lines, entry, ++position);
    std::vector<ConsentState> states;
    states.reserve(lines.size());
    for (Line& line : lines) states.push_back(std::move(line.state));
    return states;
}

}  // namespace jackgw
