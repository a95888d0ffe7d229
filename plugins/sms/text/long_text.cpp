#include "sms/text/long_text.h"

#include <unicode/uchar.h>

#include "sms/text/graphemes.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

constexpr std::string_view ellipsis = "...";

/// Where lines may end: not at no-break spaces.
bool is_white_space(const Grapheme& grapheme) {
    return u_isWhitespace(static_cast<UChar32>(first_code_point(grapheme.text).value)) != 0;
}

/// How many graphemes from `begin` on fit into `room` units.
std::size_t fitting(const std::vector<Grapheme>& list, std::size_t begin, std::size_t room) {
    std::size_t end = begin;
    for (std::size_t units = 0; end < list.size(); ++end) {
        units += list[end].units;
        if (units > room) break;
    }
    return end - begin;
}

/// How many of `count` graphemes from `begin` on to take, so that the text is cut between words.
std::size_t whole_words(const std::vector<Grapheme>& list, std::size_t begin, std::size_t count) {
    if (begin + count == list.size()) return count;
    for (std::size_t taken = count; taken > count / 2; --taken) {
        if (is_white_space(list[begin + taken - 1])) return taken;
    }
    return count;
}

std::vector<std::string> cut_up(std::string_view text, std::size_t room) {
    const std::vector<Grapheme> list = graphemes(text, room);
    std::vector<std::string> pieces;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t count = whole_words(list, begin, fitting(list, begin, room));
        std::string piece;
        for (std::size_t i = begin; i < begin + count; ++i) piece += list[i].text;
        pieces.push_back(std::move(piece));
        begin += count;
    }
    return pieces;
}

}  // namespace

std::string truncate(std::string_view text, std::size_t limit) {
    const std::size_t room = limit - ellipsis.size();
    const std::vector<Grapheme> list = graphemes(text, room);
    std::string cut;
    const std::size_t count = fitting(list, 0, room);
    for (std::size_t i = 0; i < count; ++i) cut += list[i].text;
    return cut.append(ellipsis);
}

std::vector<std::string> split_numbered(std::string_view text, std::size_t limit) {
    std::vector<std::string> pieces;
    // Room for the numbers is kept by their digits; more pieces than those can count take one digit more.
    for (std::size_t digits = 1;; ++digits) {
        pieces = cut_up(text, limit - (2 * digits + std::string_view("(/) ").size()));
        if (std::to_string(pieces.size()).size() <= digits) break;
    }
    const std::string total = std::to_string(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        pieces[i].insert(0, "(" + std::to_string(i + 1) + "/" + total + ") ");
    }
    return pieces;
}

}  // namespace jackgw::sms
