#include "http/answers.h"

#include <algorithm>
#include <array>

namespace jackgw::http {

namespace {

struct Edge {
    int status;
    std::string_view code;
    std::string_view message;
};

constexpr std::array edges{
    Edge{400, "BAD_REQUEST", "The request is not well-formed HTTP."},
    Edge{404, "NOT_FOUND", "There is no such resource."},
    Edge{405, "METHOD_NOT_ALLOWED", "The resource does not take this method; see the Allow header."},
    Edge{408, "REQUEST_TIMEOUT", "The request did not arrive in time."},
    Edge{411, "LENGTH_REQUIRED", "The request needs a Content-Length or a chunked body."},
    Edge{413, "PAYLOAD_TOO_LARGE", "The body is larger than this server takes."},
    Edge{417, "EXPECTATION_FAILED", "Only the expectation 100-continue is known."},
    Edge{431, "HEADERS_TOO_LARGE", "The headers are larger than this server takes."},
    Edge{500, "INTERNAL", "The server failed; the log says why."},
    Edge{501, "NOT_IMPLEMENTED", "The transfer encoding is not supported; use chunked alone."},
    Edge{503, "UNAVAILABLE", "Not possible for now; try again."},
    Edge{505, "HTTP_VERSION_NOT_SUPPORTED", "Use HTTP/1.1."},
};

struct Reason {
    int status;
    std::string_view text;
};

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
};

constexpr Edge outcome_unknown{
    503, "OUTCOME_UNKNOWN",
    "It can't be said whether this was stored: the disk failed. Nothing more is stored until the gateway is "
    "started again; then repeat the request, with the same Idempotency-Key."};

constexpr std::string_view retry_after_seconds = "2";

bool below_api(std::string_view path) {
    return path == "/api" || path.substr(0, 5) == "/api/";
}

Response answer_with(const Edge& edge, std::string_view path) {
    Response response;
    response.status = edge.status;
    if (edge.status == 503) response.headers.push_back({"Retry-After", std::string(retry_after_seconds)});
    if (!below_api(path)) return response;
    response.headers.push_back({"Content-Type", "application/json"});
    response.body.append(R"({"error":{"code":")").append(edge.code);
    response.body.append(R"(","message":")").append(edge.message).append(R"("}})");
    return response;
}

}  // namespace

std::string_view reason_phrase(int status) {
    const auto* found =
        std::find_if(reasons.begin(), reasons.end(), [&](const auto& row) { return row.status == status; });
    return found == reasons.end() ? "Unknown" : found->text;
}

Response edge_answer(int status, std::string_view path) {
    const auto* edge =
        std::find_if(edges.begin(), edges.end(), [&](const auto& row) { return row.status == status; });
    return answer_with(edge == edges.end() ? Edge{status, "ERROR", reason_phrase(status)} : *edge, path);
}

Response outcome_unknown_answer(std::string_view path) {
    return answer_with(outcome_unknown, path);
}

}  // namespace jackgw::http
