#include "config/suggest.h"

#include <algorithm>

namespace jackgw::config {

namespace {

/// Edits (insert, delete, replace, swap neighbours) that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) table[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) table[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    }
    return table[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& allowed) {
    if (word.size() > 64) return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : allowed) {
        const bool extends = word.size() >= 4 && candidate.starts_with(word);  // "drain_timeout" for "…_s"
        const std::size_t edits = extends ? 1 : distance(word, candidate);
        if (edits < least && edits < candidate.size()) {
            least = edits;
            best = candidate;
        }
    }
    return best;
}

std::string unknown(const std::string& kind, std::string_view word, const std::vector<std::string>& allowed) {
    const std::string what = "unknown " + kind;
    if (const std::string best = nearest(word, allowed); !best.empty())
        return what + "; did you mean \"" + best + "\"?";
    std::string list;
    for (const std::string& name : allowed) list += (list.empty() ? "" : ", ") + name;
    return what + (list.empty() ? "; none is allowed here" : "; allowed here: " + list);
}

std::string unknown_key(std::string_view key, const std::vector<std::string>& allowed) {
    return unknown("key", key, allowed);
}

}  // namespace jackgw::config
