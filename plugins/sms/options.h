#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sms/account.h"
#include "sms/option_table.h"
#include "sms/senders.h"
#include "sms/text/composition.h"

namespace jackgw::sms {

/// Whether a message that surely wasn't delivered is sent again by itself.
struct Resending {
    std::uint32_t limit = 0;  ///< how many new ones are made of it; 0: none
    std::int64_t after_ms = 0;

    bool operator==(const Resending&) const = default;
};

/// The options of an instance.
struct Options {
    Accounts accounts;
    Senders senders;
    std::string status_callback_url{};  ///< may be empty
    std::string default_region{};       ///< may be empty; else one that has a numbering plan
    TextRules text{};
    Resending resending{};
    bool check_media = false;  ///< ask the servers of media before a message is accepted

    /// The account that sends for a sender.
    const Account& account_of(std::string_view sender) const;
};

/// Reads what the host handed over. Throws plugin::Failure with all that the table can't express: no sender
/// at all, half of a key, a sender of an account that isn't there, http to a machine other than this one, …
Options read_options(jackgw_pairs given);

/// True for a URL whose host is this machine: localhost, 127.0.0.0/8, [::1].
bool is_loopback(std::string_view url);

}  // namespace jackgw::sms
