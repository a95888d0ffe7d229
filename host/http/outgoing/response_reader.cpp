#include "http/outgoing/response_reader.h"

#include <algorithm>

#include "http/wire/chunked.h"

namespace jackgw::http {

namespace {
constexpr std::size_t max_head = 64 * 1024;
constexpr int max_interim = 10;
constexpr std::size_t step = 16 * 1024;
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

ClientResult::Kind ResponseReader::read(std::string_view method) {
    for (int interim = 0;; ++interim) {
        if (const Kind kind = read_head(method); kind != Kind::complete) return kind;
        if (!head_.is_interim()) break;
        if (interim == max_interim) return fail(Kind::failed, "too many interim answers");
    }
    switch (head_.body) {
        case ResponseHead::Body::sized:
            return read_sized();
        case ResponseHead::Body::chunked:
            return read_chunked();
        case ResponseHead::Body::until_close:
            return read_until_close();
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

ClientResult::Kind ResponseReader::read_sized() {
    if (head_.length > max_body_) return fail(Kind::too_large, "the answer's body is too large");
    const auto length = static_cast<std::size_t>(head_.length);
    const auto at_hand = std::min(length, buffer_.size());
    body_.assign(buffer_, 0, at_hand);
    buffer_.erase(0, at_hand);
    while (body_.size() < length) {
        const auto have = body_.size();
        const auto wanted = std::min(length - have, std::max(step, have));
        body_.resize(have + wanted);
        const auto [status, bytes] = transport_.receive(body_.data() + have, wanted, deadline_);
        body_.resize(have + bytes);
        if (status != IoStatus::ok) return fail_read(status, "in the answer's body");
    }
    return Kind::complete;
}

ClientResult::Kind ResponseReader::read_chunked() {
    ChunkedDecoder decoder(max_body_);
    for (;;) {
        std::string_view input = buffer_;
        const auto state = decoder.feed(input, body_);
        buffer_.erase(0, buffer_.size() - input.size());
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

ClientResult::Kind ResponseReader::read_until_close() {
    body_.swap(buffer_);
    for (;;) {
        if (body_.size() > max_body_) return fail(Kind::too_large, "the answer's body is too large");
        const auto status = fill();
        body_ += buffer_;
        buffer_.clear();
        if (status == IoStatus::closed) return Kind::complete;
        if (status != IoStatus::ok) return fail_read(status, "in the answer's body");
    }
}

}  // namespace jackgw::http
