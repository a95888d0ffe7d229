#include "http/edge/streamed_response.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace jackgw::http {

namespace {

std::string chunk_head(std::size_t size) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    return std::string(digits.data(), end).append("\r\n");
}

}  // namespace

bool StreamedResponse::begin(const Response& head, std::optional<std::uint64_t> length) {
    if (begun_) throw std::logic_error("an answer was begun twice");
    if (!is_sendable(head)) throw std::invalid_argument("the answer has an impossible status or header");
    framing_.chunked = !length;
    framing_.close = framing_.close || (framing_.chunked && framing_.http_1_0);
    left_ = length.value_or(0);
    bodiless_ = !sends_body(head, framing_);
    begun_ = true;
    begun_hook_(head.status);
    write_response_head(head, left_, framing_, io_.clock().now(), head_);
    return send(head_) && !bodiless_;
}

bool StreamedResponse::write(std::string_view piece) {
    if (broken_ || bodiless_) return false;
    if (piece.empty()) return true;  // an empty chunk would be the end
    if (!framing_.chunked) {
        broken_ = piece.size() > left_;
        left_ -= broken_ ? 0 : piece.size();
        return !broken_ && send(piece);
    }
    if (framing_.http_1_0) return send(piece);
    const std::string head = chunk_head(piece.size());
    return send(head, piece) && send("\r\n");
}

bool StreamedResponse::finish() {
    if (broken_ || bodiless_) return !broken_;
    if (!framing_.chunked) return left_ == 0;
    return framing_.http_1_0 || send("0\r\n\r\n");
}

bool StreamedResponse::send(std::string_view first, std::string_view second) {
    const auto deadline = io_.clock().steady_now() + send_deadline_;
    broken_ = broken_ || io_.send(first, second, deadline).status != IoStatus::ok;
    return !broken_;
}

}  // namespace jackgw::http
