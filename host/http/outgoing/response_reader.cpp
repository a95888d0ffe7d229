#include "http/outgoing/response_reader.h"

#include <algorithm>

#include "http/wire/chunked.h"

namespace jackgw::http {

namespace {
constexpr std::size_t max_head = std::size_t{64} * 1024;
constexpr int max_interim = 10;
constexpr std::size_t step = std::size_t{16} * 1024;
}  // namespace

ClientResult::Kind ResponseReader::fail(Kind kind, std::string what) {
    fault_ = std::move(what);
    return kind;
}

ClientResult::Kind ResponseReader::fail_read(IoStatus status, const char* where) {
    if (status == IoStatus::timed_out)
        return fail(Kind::timed_out, std::string("no complete answer in time: ") + where);
    return fail(Kind::failed, std::string("the connection was cut ") + where);
}

IoStatus ResponseReader::fill() {
    const auto have = buffer_.size();
    buffer_.resize(have + step);
    const auto [status, bytes] = transport_.receive(buffer_.data() + have, step, deadline_);
    buffer_.resize(have + bytes);
    return status;
}

ClientResult::Kind ResponseReader::read(std::string_view method, ResponseSink& sink) {
    for (int interim = 0;; ++interim) {
        if (const Kind kind = read_head(method); kind != Kind::complete) return kind;
        if (!head_.is_interim()) break;
        if (interim == max_interim) return fail(Kind::failed, "too many interim answers");
    }
    // Before the sink hears of the answer: what is surely too large need not begin.
    if (head_.body == ResponseHead::Body::sized && head_.length > max_body_)
        return fail(Kind::too_large, "the answer's body is too large");
    sink.head(head_.status, head_.headers);
    switch (head_.body) {
        case ResponseHead::Body::sized:
            return read_sized(sink);
        case ResponseHead::Body::chunked:
            return read_chunked(sink);
        case ResponseHead::Body::until_close:
            return read_until_close(sink);
        case ResponseHead::Body::none:
            break;
    }
    return Kind::complete;
}

ClientResult::Kind ResponseReader::read_head(std::string_view method) {
    std::size_t searched = 0;
    for (;;) {
        const auto end = buffer_.find("\r\n\r\n", searched - std::min<std::size_t>(searched, 3));
        if (end != std::string::npos) {
            auto head = parse_response_head(std::string_view(buffer_).substr(0, end + 2), method);
            if (!head) return fail(Kind::failed, "the answer isn't well-formed HTTP");
            head_ = *std::move(head);
            buffer_.erase(0, end + 4);
            return Kind::complete;
        }
        if (buffer_.size() > max_head) return fail(Kind::too_large, "the answer's headers are too large");
        searched = buffer_.size();
        const auto status = fill();
        if (status != IoStatus::ok) {
            return fail_read(status, buffer_.empty() ? "before the answer" : "in the answer's headers");
        }
    }
}

ClientResult::Kind ResponseReader::read_sized(ResponseSink& sink) {
    std::uint64_t left = head_.length;
    while (left > 0) {
        if (buffer_.empty()) {
            if (const auto status = fill(); status != IoStatus::ok)
                return fail_read(status, "in the answer's body");
        }
        const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer_.size()));
        if (!sink.body(std::string_view(buffer_).substr(0, taken))) return give_up();
        buffer_.erase(0, taken);
        left -= taken;
    }
    return Kind::complete;
}

ClientResult::Kind ResponseReader::read_chunked(ResponseSink& sink) {
    ChunkedDecoder decoder(max_body_);
    std::string piece;
    for (;;) {
        std::string_view input = buffer_;
        const auto state = decoder.feed(input, piece);
        buffer_.erase(0, buffer_.size() - input.size());
        if (!piece.empty() && !sink.body(piece)) return give_up();
        piece.clear();
        switch (state) {
            case ChunkedDecoder::State::done:
                return Kind::complete;
            case ChunkedDecoder::State::malformed:
                return fail(Kind::failed, "the answer's chunks are malformed");
            case ChunkedDecoder::State::too_large:
                return fail(Kind::too_large, "the answer's body is too large");
            case ChunkedDecoder::State::more:
                break;
        }
        if (const auto status = fill(); status != IoStatus::ok)
            return fail_read(status, "in the answer's body");
    }
}

ClientResult::Kind ResponseReader::read_until_close(ResponseSink& sink) {
    std::uint64_t taken = 0;
    for (;;) {
        taken += buffer_.size();
        if (taken > max_body_) return fail(Kind::too_large, "the answer's body is too large");
        if (!buffer_.empty() && !sink.body(buffer_)) return give_up();
        buffer_.clear();
        const auto status = fill();
        if (status == IoStatus::closed) return Kind::complete;
        if (status != IoStatus::ok) return fail_read(status, "in the answer's body");
    }
}

ClientResult::Kind ResponseReader::give_up() {
    return fail(Kind::given_up, "no more of the answer was wanted");
}

}  // namespace jackgw::http
