#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jackgw::http {

/// Decodes a chunked body (RFC 9112, 7.1) that arrives in pieces of any size. Chunk extensions and trailers
/// are read over. Not shared between threads.
class ChunkedDecoder {
  public:
    enum class State { more, done, malformed, too_large };

    /// `max_body`: the decoded size above which the answer is too_large.
    explicit ChunkedDecoder(std::size_t max_body) : max_body_(max_body) {}

    /// Takes what belongs to the body from the front of `input` and appends the decoded bytes to `body`,
    /// which the caller may empty between two calls. After anything but `more` the decoder is finished; what
    /// then stays in `input` belongs to the next message.
    State feed(std::string_view& input, std::string& body);

  private:
    enum class Part { size, extension, size_lf, data, data_cr, data_lf, trailer, trailer_lf };

    State step(char c);

    std::size_t max_body_;
    std::uint64_t decoded_ = 0;
    Part part_ = Part::size;
    std::uint64_t chunk_left_ = 0;
    unsigned size_digits_ = 0;
    std::size_t skipped_ = 0;       // bytes of extensions and trailers, which are limited too
    std::size_t trailer_line_ = 0;  // length of the present trailer line
};

}  // namespace jackgw::http
