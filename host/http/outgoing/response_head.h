#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace jackgw::http {

/// What the first line and the headers of an answer say.
struct ResponseHead {
    enum class Body { none, sized, chunked, until_close };

    int status = 0;
    std::vector<Header> headers;
    Body body = Body::none;
    std::uint64_t length = 0;  ///< of a sized body
    bool keep_alive = true;
    std::optional<std::chrono::seconds>
        idle_limit;  ///< how long the server keeps an idle connection, if it says so

    bool is_interim() const { return status < 200; }
};

/// Reads the head of an answer to `method`: first line and header lines, each ended by CRLF, without the
/// empty line. Nothing if it is malformed or leaves open where the body ends.
std::optional<ResponseHead> parse_response_head(std::string_view head, std::string_view method);

}  // namespace jackgw::http
