#pragma once

#include <string_view>

namespace jackgw::sms::simulator {

enum class Keyword { none, stop, start, help };

/// What the provider takes a text to `our_number` for (Twilio's documentation of opt-out keywords): the whole
/// body must be the one word, in any case. A toll-free number blocks at STOP alone and unblocks at START and
/// UNSTOP alone.
Keyword keyword_of(std::string_view body, std::string_view our_number);

/// The word in OptOutType: STOP, START, HELP; empty for none.
std::string_view to_word(Keyword keyword);

}  // namespace jackgw::sms::simulator
