#include "api/paging.h"

#include "api/digest.h"
#include "api/error.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

std::size_t limit_of(const Query& query) {
    const auto written = query.get("limit");
    if (!written) return default_page_size;
    const auto limit = http::parse_decimal(*written);
    if (!limit || *limit < 1 || *limit > max_page_size)
        throw invalid("limit", "limit must be a number from 1 to " + std::to_string(max_page_size));
    return static_cast<std::size_t>(*limit);
}

ApiError bad_cursor() {
    return invalid("cursor", "cursor is not one that this list has given as nextCursor");
}

}  // namespace

std::string encode_cursor(CursorKind kind, std::string_view position) {
    std::string plain(1, static_cast<char>(kind));
    plain.append(position);
    return to_hex(plain);
}

std::string encode_cursor(CursorKind kind, std::int64_t position) {
    return encode_cursor(kind, std::to_string(position));
}

std::optional<std::string> decode_cursor(CursorKind kind, std::string_view cursor) {
    std::string plain;
    if (cursor.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < cursor.size(); i += 2) {
        const int high = http::hex_value(cursor[i]);
        const int low = http::hex_value(cursor[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        plain.push_back(static_cast<char>(high * 16 + low));
    }
    if (plain.size() < 2 || plain.front() != static_cast<char>(kind)) return std::nullopt;
    return plain.substr(1);
}

TextPage text_page(const Query& query, CursorKind kind) {
    TextPage page{{}, limit_of(query)};
    if (const auto cursor = query.get("cursor")) {
        auto position = decode_cursor(kind, *cursor);
        if (!position) throw bad_cursor();
        page.after = *std::move(position);
    }
    return page;
}

SeqPage seq_page(const Query& query, CursorKind kind) {
    const TextPage text = text_page(query, kind);
    SeqPage page{std::nullopt, text.limit};
    if (!text.after.empty()) {
        const auto position = http::parse_decimal(text.after);
        if (!position) throw bad_cursor();
        page.after = static_cast<std::int64_t>(*position);
    }
    return page;
}

std::optional<std::string> next_cursor(CursorKind kind, std::optional<std::int64_t> next) {
    if (!next) return std::nullopt;
    return encode_cursor(kind, *next);
}

}  // namespace jackgw::api
