#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace jackgw::http {

struct Header {
    std::string name;
    std::string value;
};

/// The value of the first header of that name, names compared without regard to case.
std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name);

/// A complete request: head and body are read, limits are kept.
struct Request {
    std::string method;
    std::string target;  ///< as received, not decoded: path and query
    std::string path;    ///< the part of target before '?', not decoded
    std::string query;   ///< the part after '?', without it
    std::vector<Header> headers;
    std::string body;
    std::string peer;  ///< the client's address without port, trusted proxies left out
    Timestamp received_at{};

    /// The first value of a header, names compared without regard to case.
    std::optional<std::string_view> header(std::string_view name) const;
};

class BodyWriter;
struct Response;

/// Makes an answer piece by piece, on the connection's thread. Nothing: it is begun and complete. A response:
/// what is to be answered instead; once the answer has begun it is too late for that, and the connection is
/// cut so that the client notices. The same happens to what it throws.
using Streamer = std::function<std::optional<Response>(BodyWriter&)>;

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    Streamer stream{};  ///< makes the answer in the place of all of the above
};

/// Takes an answer of any length: memory is bounded, since a writer whose client is slow blocks.
class BodyWriter {
  public:
    virtual ~BodyWriter() = default;

    /// Sends the head: status and headers, of which the body is left out. `length`: of the body, where it is
    /// known. Once only. False: nothing more is wanted: it was a HEAD request, or the client has gone.
    virtual bool begin(const Response& head, std::optional<std::uint64_t> length) = 0;

    /// Sends a piece of the body. False: the client has gone, or doesn't take it in time.
    virtual bool write(std::string_view piece) = 0;
};

/// Answers a request. Called on several threads at once. What it throws is turned into 503 (Unavailable,
/// OutcomeUnknown) or 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace jackgw::http
