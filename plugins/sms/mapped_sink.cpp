#include "sms/mapped_sink.h"

#include <jackgw/cpp/text.h>

#include <string>
#include <vector>

#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

std::vector<jackgw_piece> as_pieces(const std::vector<Piece>& pieces) {
    std::vector<jackgw_piece> out;
    out.reserve(pieces.size());
    for (const Piece& piece : pieces) {
        out.push_back({plugin::str(piece.content), plugin::str(encoding_name(piece.text.encoding)),
                       piece.text.units, piece.text.segments()});
    }
    return out;
}

std::vector<jackgw_pair> as_pairs(const std::vector<Replacement>& replacements) {
    std::vector<jackgw_pair> out;
    out.reserve(replacements.size());
    for (const auto& [written, sent] : replacements) out.push_back(plugin::pair(written, sent));
    return out;
}

}  // namespace

void put(const Mapped& mapped, const jackgw_mapped_sink& sink) {
    const auto pieces = as_pieces(mapped.pieces);
    const auto replacements = as_pairs(mapped.replacements);
    const auto parts = plugin::views(mapped.text.parts);
    const auto warnings = plugin::views(mapped.warnings);
    jackgw_mapped raw{};
    raw.struct_size = sizeof raw;
    raw.to = plugin::str(mapped.to);
    raw.from = plugin::str(mapped.from);
    raw.content = plugin::str(mapped.content);
    raw.encoding = plugin::str(encoding_name(mapped.text.encoding));
    raw.units = mapped.text.units;
    raw.segments = mapped.text.segments();
    raw.parts = plugin::strs(parts);
    raw.warnings = plugin::strs(warnings);
    raw.truncated = mapped.truncated ? 1 : 0;
    raw.pieces = pieces.data();
    raw.piece_count = static_cast<std::uint32_t>(pieces.size());
    raw.piece_size = sizeof(jackgw_piece);
    raw.replacements = plugin::pairs(replacements);
    raw.code_points = static_cast<std::uint32_t>(code_points(mapped.content));
    sink.put(sink.target, &raw);
}

void put(const Problem& problem, const jackgw_mapped_sink& sink) {
    jackgw_problem raw{};
    raw.struct_size = sizeof raw;
    raw.field = plugin::str(problem.field);
    raw.code = plugin::str(problem.code);
    raw.message = plugin::str(problem.message);
    sink.refuse(sink.target, &raw);
}

}  // namespace jackgw::sms
