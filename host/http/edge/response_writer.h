#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "http/message.h"

namespace jackgw::http {

/// How an answer is to be framed on its connection.
struct Framing {
    bool close = false;         ///< the connection ends after it
    bool http_1_0 = false;      ///< the client has to be told that the connection stays open
    bool head_request = false;  ///< the body's length is told, the body isn't sent
    bool chunked = false;       ///< the length isn't known; on HTTP/1.0 the end of the connection tells it
};

/// True if the answer can be written as it is: a final status, and headers that don't break out of their
/// lines. A handler's header may come from a plugin or from what a guest wrote.
bool is_sendable(const Response& response);

/// True if this answer carries a body on the wire.
bool sends_body(const Response& response, const Framing& framing);

/// Writes status line and headers into `out`, replacing what it held. Date, Content-Length and Connection are
/// the edge's: such headers of the handler are left out. `length`: of the body, unless it is chunked.
void write_response_head(const Response& response, std::uint64_t length, const Framing& framing,
                         Timestamp now, std::string& out);

}  // namespace jackgw::http
