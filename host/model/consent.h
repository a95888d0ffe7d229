#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace jackgw {

enum class ConsentKind { opt_out, opt_in, help };

std::string_view to_string(ConsentKind kind);  ///< "opt_out", "opt_in", "help"
std::optional<ConsentKind> parse_consent_kind(std::string_view text);

/// The scope of what holds for all our addresses and services of a channel. Only staff records it: no address
/// and no service has an empty name, and reports that name such a scope are refused.
inline constexpr std::string_view whole_channel{};

/// What a guest said about wanting messages. It holds for each scope: one of our addresses, a messaging
/// service, or the whole channel. `help` is kept in the ledger and changes nothing.
struct Consent {
    ConsentKind kind = ConsentKind::opt_out;
    std::string channel;
    std::string address;              ///< the guest's, normalised
    std::vector<std::string> scopes;  ///< at least one
    std::string source;               ///< "keyword", "provider", "staff", …
    std::string keyword;              ///< as written; may be empty
    std::string note;                 ///< how the guest said it to staff; may be empty
    std::string recorded_by;          ///< whose API token recorded it; may be empty
    bool ambiguous = false;           ///< an opt-in whose word may be an answer to another question
};

/// One line of the ledger: the events of one scope in their order are its history, the last but `help` is its
/// state.
struct ConsentEntry {
    std::int64_t seq = 0;
    ConsentKind kind = ConsentKind::opt_out;
    std::string channel;
    std::string address;
    std::string scope;
    std::string source;
    std::string keyword;
    std::string note;
    std::string recorded_by;
    Timestamp at{};
    bool ambiguous = false;
};

/// The last thing but `help` that was said about a scope.
struct LastWord {
    std::int64_t seq = 0;  ///< 0: nothing was said, or nothing that stands against what staff recorded
    bool opted_out = false;
};

/// The last word on a scope after something was said about it. An ambiguous opt-in ends the scope's own
/// opt-out and is no newer than what was said before it: a guest who asked staff for silence may still answer
/// "yes" to a question.
LastWord next_word(const LastWord& before, ConsentKind kind, bool ambiguous, std::int64_t seq);

/// Whose word keeps messages away.
enum class OptOut {
    none,
    of_scope,   ///< the guest's own, or the provider's: said about this scope
    of_channel  ///< what staff recorded for the whole channel
};

/// What the last words on one of our addresses or services, and on the whole channel, come to: the word of
/// the scope counts, and where it is no opt-out, the channel's unless the guest opted in to the scope after
/// it.
OptOut opt_out_of(const LastWord& scope, const LastWord& channel);

/// Whether a guest's address wants messages from one scope.
struct ConsentState {
    std::string channel;
    std::string address;
    std::string scope;
    bool opted_out = false;
    Timestamp since{};  ///< when it became so
};

/// What a ledger, oldest first, comes to: one state for each scope that it names, in the order in which they
/// were first named. For a scope that it doesn't name the whole channel's state holds; without that the guest
/// has never opted out of it.
std::vector<ConsentState> consent_states(const std::vector<ConsentEntry>& ledger);

}  // namespace jackgw
