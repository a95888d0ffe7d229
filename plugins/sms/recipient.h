#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace jackgw::sms {

/// A phone number that a text could reach.
struct Recipient {
    std::string number;     ///< in E.164
    bool landline = false;  ///< by the numbering plan it is a landline and surely no mobile
};

/// Why what was typed is none: a sentence that quotes it and says what to do.
struct NotARecipient {
    std::string reason;
};

/// Reads a number as a front desk types it: with '+' and the country code, or, where `default_region` is
/// given (two letters, see read_region), as it is dialled there: in its national form, or with the region's
/// prefix for calls abroad, such as 00. Possible numbers pass, whether anybody has them or not: +15551234567.
/// Numbers that no plan could hold, extensions, letters and short codes are refused: the provider takes E.164
/// alone (Twilio's error 21211). Pure; safe from any
/// thread.
std::variant<Recipient, NotARecipient> read_recipient(std::string_view typed,
                                                      std::string_view default_region);

/// The address that a guest wrote from, as it is stored: in E.164 where it is a number with its country code,
/// else as it is. A guest is never refused, whatever the numbering plans that we know of say.
std::string guest_address(std::string_view from);

/// A region in upper case, if it is one that has a numbering plan: "DE" for "de".
std::optional<std::string> read_region(std::string_view region);

}  // namespace jackgw::sms
