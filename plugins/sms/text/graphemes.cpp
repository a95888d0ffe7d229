#include "sms/text/graphemes.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <memory>
#include <stdexcept>

#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

using Iterator = std::unique_ptr<UBreakIterator, decltype(&ubrk_close)>;
using Text = std::unique_ptr<UText, decltype(&utext_close)>;

void check(UErrorCode error) {
    if (U_FAILURE(error)) {
        throw std::runtime_error(std::string("ICU can't tell characters apart: ") + u_errorName(error));
    }
}

void append_code_points(std::vector<Grapheme>& list, std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        list.push_back({text.substr(0, point.bytes), point.utf16_units()});
        text.remove_prefix(point.bytes);
    }
}

}  // namespace

std::vector<Grapheme> graphemes(std::string_view text, std::size_t most_units) {
    std::vector<Grapheme> list;
    if (text.empty()) return list;
    UErrorCode error = U_ZERO_ERROR;
    // Opened for each call: an iterator serves one thread at a time, and so nothing of ICU's outlives the
    // call.
    const Text source(utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error),
                      &utext_close);
    const Iterator iterator(ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &error), &ubrk_close);
    ubrk_setUText(iterator.get(), source.get(), &error);
    check(error);

    list.reserve(text.size());
    std::size_t begin = 0;
    for (std::int32_t next = ubrk_next(iterator.get()); next != UBRK_DONE; next = ubrk_next(iterator.get())) {
        const auto end = static_cast<std::size_t>(next);
        const std::string_view grapheme = text.substr(begin, end - begin);
        const std::size_t units = utf16_length(grapheme);
        if (units <= most_units) {
            list.push_back({grapheme, units});
        } else {
            append_code_points(list, grapheme);
        }
        begin = end;
    }
    return list;
}

}  // namespace jackgw::sms
