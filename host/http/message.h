#pragma once

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

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
};

/// Answers a request. Called on several threads at once. What it throws is turned into 503 (Unavailable) or
/// 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace jackgw::http
