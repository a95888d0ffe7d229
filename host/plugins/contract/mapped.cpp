#include "plugins/contract/mapped.h"

#include <cstddef>
#include <string>
#include <vector>

#include "plugins/contract/boundary.h"
#include "plugins/contract/text.h"

namespace jackgw::plugins {

namespace {

/// More than the longest text has parts: a count that is higher is none.
constexpr std::uint64_t most_items = 10'000;

template <typename List>
bool is_list(const List& list) {
    return list.count == 0 || (list.items != nullptr && list.count <= most_items);
}

std::uint32_t piece_count(const jackgw_mapped& source) {
    const bool told =
        covers(source.struct_size, offsetof(jackgw_mapped, piece_size) + sizeof(source.piece_size));
    return told ? source.piece_count : 0;
}

Problem too_many_pieces(std::uint32_t count) {
    return {"content", "CONTENT_TOO_LONG",
            "the text would go as " + std::to_string(count) + " messages, at most " +
                std::to_string(JACKGW_MAX_PIECES) + " can be: shorten it"};
}

bool copy_pieces(const jackgw_mapped& source, std::vector<Piece>& pieces) {
    if (piece_count(source) == 0) return true;
    if (source.pieces == nullptr || source.piece_count < 2 ||
        source.piece_size < offsetof(jackgw_piece, segments) + sizeof(std::uint32_t) ||
        source.piece_size % alignof(jackgw_piece) != 0)
        return false;
    const auto* bytes = reinterpret_cast<const std::byte*>(source.pieces);
    for (std::uint32_t i = 0; i < source.piece_count; ++i) {
        // By the plugin's stride: its pieces may have members that this host doesn't know.
        const auto& raw = *reinterpret_cast<const jackgw_piece*>(bytes + i * std::size_t{source.piece_size});
        Piece piece{{}, {}, raw.units, raw.segments};
        if (!copy_text(raw.content, piece.content) || piece.content.empty() ||
            !copy_text(raw.encoding, piece.encoding))
            return false;
        pieces.push_back(std::move(piece));
    }
    return true;
}

bool copy_parts(const jackgw_mapped& source, std::vector<std::string>& parts) {
    if (!is_list(source.parts)) return false;
    parts.resize(source.parts.count);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!copy_text(source.parts.items[i], parts[i])) return false;
    return true;
}

bool copy_warnings(const jackgw_mapped& source, std::vector<std::string>& warnings) {
    if (!is_list(source.warnings)) return false;
    for (std::uint64_t i = 0; i < source.warnings.count; ++i)
        warnings.push_back(remark(source.warnings.items[i]));
    return true;
}

bool copy_replacements(const jackgw_mapped& source, std::vector<Replacement>& replacements) {
    if (!covers(source.struct_size, offsetof(jackgw_mapped, replacements) + sizeof(source.replacements)))
        return true;
    if (!is_list(source.replacements)) return false;
    replacements.resize(source.replacements.count);
    for (std::size_t i = 0; i < replacements.size(); ++i) {
        const jackgw_pair& pair = source.replacements.items[i];
        if (!copy_text(pair.name, replacements[i].written) || !copy_text(pair.value, replacements[i].sent))
            return false;
    }
    return true;
}

}  // namespace

std::optional<std::variant<Mapped, Problem>> read_mapped(const jackgw_mapped* source) {
    if (source == nullptr ||
        !covers(source->struct_size, offsetof(jackgw_mapped, warnings) + sizeof(source->warnings)))
        return std::nullopt;
    if (const std::uint32_t count = piece_count(*source); count > JACKGW_MAX_PIECES)
        return too_many_pieces(count);
    Mapped mapped;
    if (!copy_text(source->to, mapped.to) || !copy_text(source->from, mapped.from) ||
        !copy_text(source->content, mapped.content) || !copy_text(source->encoding, mapped.encoding) ||
        !copy_parts(*source, mapped.parts) || !copy_warnings(*source, mapped.warnings) ||
        !copy_pieces(*source, mapped.pieces) || !copy_replacements(*source, mapped.replacements))
        return std::nullopt;
    mapped.units = source->units;
    mapped.segments = source->segments;
    mapped.truncated = source->truncated != 0;
    if (covers(source->struct_size, offsetof(jackgw_mapped, code_points) + sizeof(source->code_points)))
        mapped.code_points = source->code_points;
    return mapped;
}

std::optional<Problem> read_problem(const jackgw_problem* source) {
    if (source == nullptr ||
        !covers(source->struct_size, offsetof(jackgw_problem, message) + sizeof(source->message)))
        return std::nullopt;
    return Problem{remark(source->field), remark(source->code), remark(source->message)};
}

}  // namespace jackgw::plugins
