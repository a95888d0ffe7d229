#include "sms/webhooks/opt_out.h"

#include <jackgw/ext/conversations.h>

#include <algorithm>
#include <array>

namespace jackgw::sms {

namespace {

struct Word {
    std::string_view text;
    std::int32_t kind;
    bool toll_free;  // acted upon for toll-free numbers, too
};

constexpr std::array words{
    Word{"STOP", JACKGW_CONSENT_OPT_OUT, true},
    Word{"STOPALL", JACKGW_CONSENT_OPT_OUT, false},
    Word{"UNSUBSCRIBE", JACKGW_CONSENT_OPT_OUT, false},
    Word{"CANCEL", JACKGW_CONSENT_OPT_OUT, false},
    Word{"END", JACKGW_CONSENT_OPT_OUT, false},
    Word{"QUIT", JACKGW_CONSENT_OPT_OUT, false},
    Word{"OPTOUT", JACKGW_CONSENT_OPT_OUT, false},
    Word{"REVOKE", JACKGW_CONSENT_OPT_OUT, false},
    Word{"START", JACKGW_CONSENT_OPT_IN, true},
    Word{"YES", JACKGW_CONSENT_OPT_IN, false},
    Word{"UNSTOP", JACKGW_CONSENT_OPT_IN, true},
    Word{"HELP", JACKGW_CONSENT_HELP, true},
    Word{"INFO", JACKGW_CONSENT_HELP, true},
};

/// "Late check-out?" is answered with it as well.
bool is_ambiguous(std::string_view folded) {
    return folded == "YES";
}

constexpr std::size_t longest_word = 64;  // of a keyword that an operator may have added

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

std::optional<std::int32_t> kind_of_type(std::string_view opt_out_type) {
    const std::string type = upper(trim(opt_out_type));
    if (type == "STOP") return JACKGW_CONSENT_OPT_OUT;
    if (type == "START") return JACKGW_CONSENT_OPT_IN;
    if (type == "HELP") return JACKGW_CONSENT_HELP;
    return std::nullopt;
}

}  // namespace

bool is_toll_free(std::string_view number) {
    constexpr std::array<std::string_view, 7> prefixes{"+1800", "+1833", "+1844", "+1855",
                                                       "+1866", "+1877", "+1888"};
    return number.size() == 12 &&
           std::find(prefixes.begin(), prefixes.end(), number.substr(0, 5)) != prefixes.end();
}

std::optional<Keyword> read_keyword(std::string_view body, std::string_view opt_out_type,
                                    std::string_view to) {
    const std::string_view written = trim(body);
    if (const auto kind = kind_of_type(opt_out_type)) {
        const bool is_word = !written.empty() && written.size() <= longest_word;
        return Keyword{*kind, std::string(is_word ? written : trim(opt_out_type)),
                       is_word && is_ambiguous(upper(written))};
    }
    if (written.size() > longest_word) return std::nullopt;
    const std::string folded = upper(written);
    const auto word =
        std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.text == folded; });
    if (word == words.end() || (!word->toll_free && is_toll_free(to))) return std::nullopt;
    return Keyword{word->kind, std::string(written), is_ambiguous(folded)};
}

}  // namespace jackgw::sms
