#include "keywords.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace jackgw::sms::simulator {

namespace {

struct Word {
    std::string_view text;
    Keyword keyword;
    bool toll_free;  // means the same on a toll-free number
};

constexpr std::array words{
    Word{"STOP", Keyword::stop, true},         Word{"STOPALL", Keyword::stop, false},
    Word{"UNSUBSCRIBE", Keyword::stop, false}, Word{"CANCEL", Keyword::stop, false},
    Word{"END", Keyword::stop, false},         Word{"QUIT", Keyword::stop, false},
    Word{"OPTOUT", Keyword::stop, false},      Word{"REVOKE", Keyword::stop, false},
    Word{"START", Keyword::start, true},       Word{"YES", Keyword::start, false},
    Word{"UNSTOP", Keyword::start, true},      Word{"HELP", Keyword::help, true},
    Word{"INFO", Keyword::help, true},
};

constexpr std::array toll_free_codes{"+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"};

std::string upper_trimmed(std::string_view body) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = body.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    std::string text(body.substr(begin, body.find_last_not_of(blanks) - begin + 1));
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

}  // namespace

Keyword keyword_of(std::string_view body, std::string_view our_number) {
    const bool toll_free =
        std::ranges::any_of(toll_free_codes, [&](const char* code) { return our_number.starts_with(code); });
    const auto word = std::ranges::find(words, upper_trimmed(body), &Word::text);
    return word == words.end() || (toll_free && !word->toll_free) ? Keyword::none : word->keyword;
}

std::string_view to_word(Keyword keyword) {
    switch (keyword) {
        case Keyword::stop:
            return "STOP";
        case Keyword::start:
            return "START";
        case Keyword::help:
            return "HELP";
        case Keyword::none:
            break;
    }
    return {};
}

}  // namespace jackgw::sms::simulator
