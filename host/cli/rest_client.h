#pragma once

#include <chrono>
#include <string>

#include "base/errors.h"

namespace jackgw::cli {

/// No answer came: the text says to whom and what to look at.
class NoAnswer : public Error {
  public:
    using Error::Error;
};

struct Answer {
    int status = 0;
    std::string body;
};

/// Makes single requests to a gateway's REST API, each on a connection of its own; never repeats one.
class RestClient {
  public:
    /// `base_url` is an absolute http or https URL, without a trailing slash; an empty token means none.
    RestClient(std::string base_url, std::string token,
               std::chrono::milliseconds timeout = std::chrono::minutes{2});

    /// `path` begins behind /api/v1, e.g. "/plugins". Throws NoAnswer.
    Answer get(const std::string& path) const;
    Answer post(const std::string& path, const std::string& json_body) const;

    const std::string& base_url() const { return base_url_; }

  private:
    Answer request(const std::string& method, const std::string& path, const std::string& body) const;

    std::string base_url_;
    std::string token_;
    std::chrono::milliseconds timeout_;
};

}  // namespace jackgw::cli
