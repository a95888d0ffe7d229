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

/// What a guest said about wanting messages. It holds for each scope: one of our addresses, or a messaging
/// service. `help` is kept in the ledger and changes nothing.
struct Consent {
    ConsentKind kind = ConsentKind::opt_out;
    std::string channel;
    std::string address;              ///< the guest's, normalised
    std::vector<std::string> scopes;  ///< at least one
    std::string source;               ///< "keyword", "provider", …
    std::string keyword;              ///< as written; may be empty
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
    Timestamp at{};
};

/// Whether a guest's address wants messages from one scope.
struct ConsentState {
    std::string channel;
    std::string address;
    std::string scope;
    bool opted_out = false;
    Timestamp since{};  ///< when it became so
};

/// What a ledger, oldest first, comes to: one state for each scope that it names, in the order in which they
/// were first named. A scope that it doesn't name has never been opted out of.
std::vector<ConsentState> consent_states(const std::vector<ConsentEntry>& ledger);

}  // namespace jackgw
