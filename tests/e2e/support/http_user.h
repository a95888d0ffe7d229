#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "http/client.h"

namespace jackgw::test {

using Json = nlohmann::json;

/// What was answered to a request.
struct Answer {
    int status = 0;
    std::vector<http::Header> headers;
    std::string body;

    /// The first value of a header; empty if there is none.
    std::string header(std::string_view name) const;
    std::string content_type() const { return header("Content-Type"); }
    /// The body; throws std::runtime_error with the whole answer if it is no JSON.
    Json json() const;
    /// The member "data" of a successful answer; throws std::runtime_error with the whole answer otherwise.
    Json data() const;
    /// The code of an error.
    std::string code() const { return json().at("error").at("code"); }
};

/// A user of HTTP servers on this machine, on connections that are kept. Safe from any thread.
class HttpUser {
  public:
    HttpUser();

    /// One request; throws std::runtime_error if no complete answer comes.
    Answer request(const std::string& method, const std::string& url, std::vector<http::Header> headers = {},
                   std::string body = {});
    Answer get(const std::string& url) { return request("GET", url); }
    Answer post_json(const std::string& url, const Json& body);

    /// Forgets connections to a server that has gone.
    void close_idle() { client_.close_idle(); }

  private:
    SystemClock clock_;
    http::Client client_;
};

}  // namespace jackgw::test
