#include "sms/text/smart_encoding.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

struct Row {
    std::u32string_view written;
    std::string_view sent;
};

// Those of the npm package sms-segments-calculator 1.3.0, but for NUL, which no text contains.
constexpr Row rows[] = {
    {U"\x03\x04\x10\x11\x12\x13\x14\x17\x19\u200b\u200c\u2060\ufeff", ""},
    {U"\u2001\u2028\u2029", " "},
    {U"\u0080\u008d\u0090\u009b\u009f\u00a0\u2000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
     U"\u205f\u3000",
     "  "},
    {U"\t", "       "},
    {U"ǃ︕﹗！", "!"},
    {U"‼", "!!"},
    {U"«»\u02ba\u02ee“”„‟❝❞〝〞＂", "\""},
    {U"﹟＃", "#"},
    {U"﹩＄", "$"},
    {U"﹪％", "%"},
    {U"﹠＆", "&"},
    {U"`´\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u0313\u0314‘’‛❛❜︐︑＇", "'"},
    {U"❨❪⟮⦅﹙（", "("},
    {U"❩❫⟯⦆﹚）", ")"},
    {U"⁎∗⊛✢✣✤✥✱✲✳✺✻✼✽❃❉❊❋⧆﹡＊", "*"},
    {U"˖﹢＋", "+"},
    {U"\u0326‚、﹐﹑，､", ","},
    {U"‐–—―•⁃⎼⎽﹣－", "-"},
    {U"。﹒．｡", "."},
    {U"…", "..."},
    {U"÷\u0337\u0338⁄∕⧸／", "/"},
    {U"０", "0"},
    {U"１", "1"},
    {U"½", "1/2"},
    {U"¼", "1/4"},
    {U"２", "2"},
    {U"３", "3"},
    {U"¾", "3/4"},
    {U"４", "4"},
    {U"５", "5"},
    {U"６", "6"},
    {U"７", "7"},
    {U"８", "8"},
    {U"９", "9"},
    {U"\u02d0˸⦂꞉︓：", ":"},
    {U"⁏︔﹔；", ";"},
    {U"‹﹤＜", "<"},
    {U"\u0347꞊﹦＝", "="},
    {U"›﹥＞", ">"},
    {U"︖﹖？", "?"},
    {U"﹫＠", "@"},
    {U"ᴀＡ", "A"},
    {U"ʙＢ", "B"},
    {U"ᴄＣ", "C"},
    {U"ᴅＤ", "D"},
    {U"ᴇＥ", "E"},
    {U"ꜰＦ", "F"},
    {U"ɢＧ", "G"},
    {U"ʜＨ", "H"},
    {U"ɪＩ", "I"},
    {U"ᴊＪ", "J"},
    {U"ᴋＫ", "K"},
    {U"ʟＬ", "L"},
    {U"ᴍＭ", "M"},
    {U"ɴＮ", "N"},
    {U"ᴏＯ", "O"},
    {U"ᴘＰ", "P"},
    {U"Ｑ", "Q"},
    {U"ʀＲ", "R"},
    {U"ꜱＳ", "S"},
    {U"ᴛＴ", "T"},
    {U"ᴜＵ", "U"},
    {U"ᴠＶ", "V"},
    {U"ᴡＷ", "W"},
    {U"Ｘ", "X"},
    {U"ʏＹ", "Y"},
    {U"ᴢＺ", "Z"},
    {U"［", "["},
    {U"\u20e5⧵⧹﹨＼", "\\"},
    {U"］", "]"},
    {U"\u02c6\u0302\u1dcd＾", "^"},
    {U"\u0332‗＿", "_"},
    {U"❴﹛｛", "{"},
    {U"\u20d2\u20d3∣⎜⎟⎸⎹⏐｜", "|"},
    {U"❵﹜｝", "}"},
    {U"˜˷\u0303\u0330\u0334∼～", "~"},
};

struct Entry {
    char32_t written;
    std::string_view sent;
};

constexpr std::size_t entry_count() {
    std::size_t count = 0;
    for (const Row& row : rows) count += row.written.size();
    return count;
}

/// Sorted by what is written, to be searched by halves.
constexpr auto entries = [] {
    std::array<Entry, entry_count()> sorted{};
    std::size_t filled = 0;
    for (const Row& row : rows) {
        for (const char32_t written : row.written) sorted[filled++] = {written, row.sent};
    }
    std::ranges::sort(sorted, {}, &Entry::written);
    return sorted;
}();

const Entry* find_entry(char32_t written) {
    const auto* const found = std::ranges::lower_bound(entries, written, {}, &Entry::written);
    return found != entries.end() && found->written == written ? found : nullptr;
}

}  // namespace

SmartEncoded smart_encode(std::string_view text) {
    SmartEncoded result;
    result.text.reserve(text.size());
    while (!text.empty()) {
        const std::string_view written = text.substr(0, first_code_point(text).bytes);
        if (const Entry* entry = find_entry(first_code_point(text).value)) {
            result.text.append(entry->sent);
            Replacement replacement{std::string(written), entry->sent};
            if (std::ranges::find(result.replacements, replacement) == result.replacements.end()) {
                result.replacements.push_back(std::move(replacement));
            }
        } else {
            result.text.append(written);
        }
        text.remove_prefix(written.size());
    }
    return result;
}

}  // namespace jackgw::sms
