#include "plugins/plugin_mapper.h"

#include <cstddef>

#include "base/utf8.h"
#include "plugins/call.h"

/// The result sink's target as the plugin sees it.
struct jackgw_mapped_target {
    std::optional<std::variant<jackgw::Mapped, jackgw::Problem>> result;
};

namespace jackgw::plugins {

namespace {

bool covers(const jackgw_mapped& source, std::size_t end) {
    return source.struct_size >= end;
}

bool is_text(const std::string& text) {
    return is_valid_utf8(text) && text.find('\0') == std::string::npos;
}

std::uint32_t piece_count(const jackgw_mapped& source) {
    const bool told = covers(source, offsetof(jackgw_mapped, piece_size) + sizeof(source.piece_size));
    return told ? source.piece_count : 0;
}

Problem too_many_pieces(std::uint32_t count) {
    return {"content", "CONTENT_TOO_LONG",
            "the text would go as " + std::to_string(count) + " messages, at most " +
                std::to_string(JACKGW_MAX_PIECES) + " can be: shorten it"};
}

/// The messages that the text becomes; nothing if what the plugin says of them makes no sense.
std::optional<std::vector<Piece>> copy_pieces(const jackgw_mapped& source) {
    if (piece_count(source) == 0) return std::vector<Piece>{};
    if (source.pieces == nullptr || source.piece_count < 2 ||
        source.piece_size < offsetof(jackgw_piece, segments) + sizeof(std::uint32_t) ||
        source.piece_size % alignof(jackgw_piece) != 0)
        return std::nullopt;
    std::vector<Piece> pieces;
    const auto* bytes = reinterpret_cast<const std::byte*>(source.pieces);
    for (std::uint32_t i = 0; i < source.piece_count; ++i) {
        // By the plugin's stride: its pieces may have members that this host doesn't know.
        const auto& raw = *reinterpret_cast<const jackgw_piece*>(bytes + i * std::size_t{source.piece_size});
        Piece piece{std::string(view(raw.content)), std::string(view(raw.encoding)), raw.units, raw.segments};
        if (piece.content.empty() || !is_text(piece.content) || !is_text(piece.encoding)) return std::nullopt;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::vector<Replacement> copy_replacements(const jackgw_mapped& source) {
    std::vector<Replacement> replacements;
    if (!covers(source, offsetof(jackgw_mapped, replacements) + sizeof(source.replacements)))
        return replacements;
    for (std::uint64_t i = 0; i < source.replacements.count; ++i) {
        const jackgw_pair& pair = source.replacements.items[i];
        replacements.push_back({std::string(view(pair.name)), std::string(view(pair.value))});
    }
    return replacements;
}

void put(jackgw_mapped_target* target, const jackgw_mapped* source) noexcept {
    try {
        if (source == nullptr ||
            !covers(*source, offsetof(jackgw_mapped, warnings) + sizeof(source->warnings)))
            return;
        if (const std::uint32_t count = piece_count(*source); count > JACKGW_MAX_PIECES) {
            target->result = too_many_pieces(count);
            return;
        }
        auto pieces = copy_pieces(*source);
        if (!pieces) return;
        Mapped mapped;
        mapped.to = view(source->to);
        mapped.from = view(source->from);
        mapped.content = view(source->content);
        mapped.encoding = view(source->encoding);
        mapped.units = source->units;
        mapped.segments = source->segments;
        mapped.truncated = source->truncated != 0;
        mapped.parts = copy_texts(source->parts);
        mapped.warnings = copy_texts(source->warnings);
        mapped.pieces = *std::move(pieces);
        mapped.replacements = copy_replacements(*source);
        if (covers(*source, offsetof(jackgw_mapped, code_points) + sizeof(source->code_points)))
            mapped.code_points = source->code_points;
        target->result = std::move(mapped);
    } catch (...) {
        target->result.reset();
    }
}

void refuse(jackgw_mapped_target* target, const jackgw_problem* source) noexcept {
    try {
        if (source == nullptr ||
            source->struct_size < offsetof(jackgw_problem, message) + sizeof(source->message))
            return;
        target->result = Problem{std::string(view(source->field)), std::string(view(source->code)),
                                 std::string(view(source->message))};
    } catch (...) {
        target->result.reset();
    }
}

}  // namespace

std::variant<Mapped, Problem> PluginMapper::map(const Draft& draft) const {
    std::vector<jackgw_str> media;
    media.reserve(draft.media_urls.size());
    for (const std::string& url : draft.media_urls) media.push_back(to_c(url));
    jackgw_draft source{};
    source.struct_size = sizeof(source);
    source.flags = draft.preview ? static_cast<std::uint32_t>(JACKGW_DRAFT_PREVIEW) : 0;
    source.to = to_c(draft.to);
    source.from = to_c(draft.from);
    source.content = to_c(draft.content);
    source.media_urls = {media.data(), media.size()};
    source.reply_from = to_c(draft.reply_from);
    jackgw_mapped_target target;
    try {
        lease_->registrations().mapper->map(lease_->instance(), &source, {&target, &put, &refuse});
    } catch (...) {
        target.result.reset();
    }
    if (target.result) return std::move(*target.result);
    return Problem{"channel", "CHANNEL_FAILED", "the channel's plugin gave no answer; its log may say why"};
}

std::variant<std::string, Problem> PluginMapper::normalize_address(std::string_view address) const {
    TextSink normalized;
    const CallResult result = call_plugin(lease_->registrations().mapper->normalize_address,
                                          lease_->instance(), to_c(address), normalized.sink());
    if (result.ok()) return normalized.text();
    return Problem{"address", "INVALID_ADDRESS",
                   result.error.empty() ? "not an address of this channel" : result.error};
}

}  // namespace jackgw::plugins
