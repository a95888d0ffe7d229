#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// What a guest's message says about consent.
struct Keyword {
    std::int32_t kind = 0;   ///< JACKGW_CONSENT_…
    std::string word;        ///< as written
    bool ambiguous = false;  ///< guests say it to other questions, too

    bool operator==(const Keyword&) const = default;
};

/// Reads the consent in a message that came to `to`, our number. `opt_out_type` (STOP, START or HELP, from a
/// service with Advanced Opt-Out) decides where it is present; else the whole body must be one of the words
/// that Twilio acts upon, in any case, white space around it left out. Toll-free numbers know fewer of them.
std::optional<Keyword> read_keyword(std::string_view body, std::string_view opt_out_type,
                                    std::string_view to);

/// True for a toll-free number of North America in E.164.
bool is_toll_free(std::string_view number);

}  // namespace jackgw::sms
