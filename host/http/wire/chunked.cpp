#include "http/wire/chunked.h"

#include <algorithm>

#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {
constexpr unsigned max_size_digits = 15;
constexpr std::size_t max_skipped = std::size_t{16} * 1024;
}  // namespace

ChunkedDecoder::State ChunkedDecoder::feed(std::string_view& input, std::string& body) {
    while (!input.empty()) {
        if (part_ == Part::data) {
            const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, input.size()));
            body.append(input.substr(0, taken));
            input.remove_prefix(taken);
            chunk_left_ -= taken;
            decoded_ += taken;
            if (chunk_left_ == 0) part_ = Part::data_cr;
            continue;
        }
        const char c = input.front();
        input.remove_prefix(1);
        if (const State state = step(c); state != State::more) return state;
    }
    return State::more;
}

// One byte of the framing around the data.
ChunkedDecoder::State ChunkedDecoder::step(char c) {
    switch (part_) {
        case Part::size: {
            const int digit = hex_value(c);
            if (digit >= 0) {
                if (++size_digits_ > max_size_digits) return State::too_large;
                chunk_left_ = chunk_left_ * 16 + static_cast<unsigned>(digit);
                return State::more;
            }
            if (size_digits_ == 0) return State::malformed;
            if (c == '\r') {
                part_ = Part::size_lf;
            } else if (c == ';' || c == ' ' || c == '\t') {
                part_ = Part::extension;
            } else {
                return State::malformed;
            }
            return State::more;
        }
        case Part::extension:
            if (c == '\n' || ++skipped_ > max_skipped) return State::malformed;
            if (c == '\r') part_ = Part::size_lf;
            return State::more;
        case Part::size_lf:
            if (c != '\n') return State::malformed;
            if (chunk_left_ > max_body_ - decoded_) return State::too_large;
            part_ = chunk_left_ == 0 ? Part::trailer : Part::data;
            trailer_line_ = 0;
            return State::more;
        case Part::data_cr:
            if (c != '\r') return State::malformed;
            part_ = Part::data_lf;
            return State::more;
        case Part::data_lf:
            if (c != '\n') return State::malformed;
            part_ = Part::size;
            size_digits_ = 0;
            return State::more;
        case Part::trailer:
            if (c == '\n' || ++skipped_ > max_skipped) return State::malformed;
            if (c == '\r') {
                part_ = Part::trailer_lf;
            } else {
                ++trailer_line_;
            }
            return State::more;
        case Part::trailer_lf:
            if (c != '\n') return State::malformed;
            if (trailer_line_ == 0) return State::done;
            part_ = Part::trailer;
            trailer_line_ = 0;
            return State::more;
        case Part::data:
            break;  // taken in bulk by feed()
    }
    return State::malformed;
}

}  // namespace jackgw::http
