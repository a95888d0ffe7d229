#pragma once

#include <string>
#include <string_view>

namespace jackgw {

/// What a check of a channel came to: it works; it works, but not as it should; messages are lost or can't be
/// sent; it could not be checked.
enum class CheckStatus { ok, warning, failed, skipped };

std::string_view to_string(CheckStatus status);

/// One thing that a channel's self-test looked at.
struct Check {
    std::string name;     ///< e.g. "credentials"
    std::string subject;  ///< e.g. a number; empty: the channel as a whole
    CheckStatus status = CheckStatus::skipped;
    std::string message;  ///< for the operator: what was found, and what to do
};

}  // namespace jackgw
