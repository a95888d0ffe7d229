#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace jackgw::http {

/// What the first line and the headers of a request say.
struct RequestHead {
    Request request;  ///< without its body, peer and time
    bool http_1_0 = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool chunked = false;
    std::optional<std::uint64_t> length;
};

/// Reads a head: first line and header lines, each ended by CRLF, without the empty line. Returns 0, or the
/// status to answer with. It is as strict as RFC 9112 allows where two readers could differ about where a
/// request ends: exactly one Host, Content-Length or Transfer-Encoding but never both nor one of them twice.
/// When it fails, `out` holds what was read so far.
int parse_request_head(std::string_view head, RequestHead& out);

}  // namespace jackgw::http
