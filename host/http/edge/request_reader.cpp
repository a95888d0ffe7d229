#include "http/edge/request_reader.h"

#include <algorithm>

#include "http/wire/chunked.h"

namespace jackgw::http {

namespace {

constexpr std::size_t first_buffer = std::size_t{8} * 1024;
constexpr std::size_t body_step = std::size_t{16} * 1024;
constexpr std::string_view end_of_head = "\r\n\r\n";

// What a failed read means for the client.
RequestReader::Result refusal(IoStatus status) {
    if (status == IoStatus::timed_out) return {RequestReader::Outcome::refused, 408};
    return {RequestReader::Outcome::closed, 0};
}

}  // namespace

IoStatus RequestReader::fill(SteadyTime deadline) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size()) {
        if (begin_ > 0) {
            buffer_.erase(0, begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        buffer_.resize(std::max(first_buffer, end_ * 2));
    }
    const auto [status, bytes] = io_.receive(buffer_.data() + end_, buffer_.size() - end_, deadline);
    end_ += bytes;
    return status;
}

bool RequestReader::await(SteadyTime deadline) {
    return has_buffered() || fill(deadline) == IoStatus::ok;
}

RequestReader::Result RequestReader::read(RequestHead& head) {
    const auto deadline = io_.clock().steady_now() + limits_.header_deadline;
    std::size_t searched = 0;  // so that a dripped head isn't searched from its beginning for each byte
    for (;;) {
        // Empty lines before a request are read over, as RFC 9112 (2.2) asks: old clients end a form with
        // one.
        while (searched == 0 && has_buffered() && (buffer_[begin_] == '\r' || buffer_[begin_] == '\n'))
            ++begin_;
        const auto bytes = buffered();
        const auto found = bytes.find(end_of_head, searched - std::min(searched, end_of_head.size() - 1));
        const auto size = found == std::string_view::npos ? bytes.size() : found;
        if (size > limits_.max_header) {
            parse_request_head(bytes.substr(0, bytes.find("\r\n") + 2), head);  // for the path alone
            return {Outcome::refused, 431};
        }
        if (found != std::string_view::npos) {
            const int status = parse_request_head(bytes.substr(0, found + 2), head);
            begin_ += found + end_of_head.size();
            if (status != 0) return {Outcome::refused, status};
            return read_body(head);
        }
        searched = bytes.size();
        if (const auto status = fill(deadline); status != IoStatus::ok) return refusal(status);
    }
}

RequestReader::Result RequestReader::read_body(RequestHead& head) {
    if (head.length.value_or(0) > limits_.max_body) return {Outcome::refused, 413};
    if (!head.chunked && head.length.value_or(0) == 0) return {Outcome::complete, 0};

    const auto deadline = io_.clock().steady_now() + limits_.body_deadline;
    if (head.expects_continue && !has_buffered()) {
        const auto sent = io_.send("HTTP/1.1 100 Continue\r\n\r\n", {}, deadline);
        if (sent.status != IoStatus::ok) return {Outcome::closed, 0};
    }
    auto& body = head.request.body;
    return head.chunked ? read_chunked_body(deadline, body) : read_plain_body(*head.length, deadline, body);
}

RequestReader::Result RequestReader::read_plain_body(std::uint64_t length, SteadyTime deadline,
                                                     std::string& body) {
    const auto at_hand = static_cast<std::size_t>(std::min<std::uint64_t>(length, end_ - begin_));
    body.assign(buffered().substr(0, at_hand));
    begin_ += at_hand;
    while (body.size() < length) {
        // The body grows with what has come, not with what was announced: memory is for clients that send.
        const auto have = body.size();
        const auto step = std::min<std::uint64_t>(length - have, std::max(body_step, have));
        body.resize(have + static_cast<std::size_t>(step));
        const auto [status, bytes] =
            io_.receive(body.data() + have, static_cast<std::size_t>(step), deadline);
        body.resize(have + bytes);
        if (status != IoStatus::ok) return refusal(status);
    }
    return {Outcome::complete, 0};
}

RequestReader::Result RequestReader::read_chunked_body(SteadyTime deadline, std::string& body) {
    ChunkedDecoder decoder(limits_.max_body);
    for (;;) {
        auto input = buffered();
        const auto state = decoder.feed(input, body);
        begin_ = end_ - input.size();
        switch (state) {
            case ChunkedDecoder::State::done:
                return {Outcome::complete, 0};
            case ChunkedDecoder::State::malformed:
                return {Outcome::refused, 400};
            case ChunkedDecoder::State::too_large:
                return {Outcome::refused, 413};
            case ChunkedDecoder::State::more:
                break;
        }
        if (const auto status = fill(deadline); status != IoStatus::ok) return refusal(status);
    }
}

void RequestReader::discard(SteadyTime deadline) {
    do {
        begin_ = end_ = 0;
    } while (fill(deadline) == IoStatus::ok);
}

}  // namespace jackgw::http
