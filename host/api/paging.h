#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/query.h"

namespace jackgw::api {

inline constexpr std::size_t default_page_size = 50;
inline constexpr std::size_t max_page_size = 200;

/// Which list a cursor belongs to: one of another list is refused, not misread.
enum class CursorKind : char { conversations = 'c', messages = 'm', failed = 'f', guests = 'g' };

/// Cursors are opaque to callers and hold nothing secret: the position after the last item that they got.
std::string encode_cursor(CursorKind kind, std::string_view position);
std::string encode_cursor(CursorKind kind, std::int64_t position);
std::optional<std::string> decode_cursor(CursorKind kind, std::string_view cursor);

struct TextPage {
    std::string after;  ///< empty: from the beginning
    std::size_t limit = default_page_size;
};

struct SeqPage {
    std::optional<std::int64_t> after;
    std::size_t limit = default_page_size;
};

/// Read the parameters `cursor` and `limit`. Throw ApiError 422.
TextPage text_page(const Query& query, CursorKind kind);
SeqPage seq_page(const Query& query, CursorKind kind);

std::optional<std::string> next_cursor(CursorKind kind, std::optional<std::int64_t> next);

}  // namespace jackgw::api
