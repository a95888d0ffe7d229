#pragma once

#include <string>
#include <vector>

#include "base/errors.h"
#include "http/message.h"

namespace jackgw::api {

/// An error that the caller of the API is to be told of. Handlers throw it; one place (Api::handle) turns it
/// into `{"error": {"code", "message", "field", "messageId"}}`.
class ApiError : public Error {
  public:
    ApiError(int status, std::string code, const std::string& message, std::string field = {},
             std::vector<http::Header> headers = {});

    /// The message that stands in the way.
    ApiError about_message(std::string id) &&;

    http::Response response() const;

    int status() const { return status_; }
    const std::string& code() const { return code_; }
    const std::string& field() const { return field_; }

  private:
    int status_;
    std::string code_;
    std::string field_;
    std::string message_id_;
    std::vector<http::Header> headers_;
};

ApiError invalid(std::string field, const std::string& message);  ///< 422 VALIDATION_FAILED
ApiError not_found(const std::string& message);                   ///< 404 NOT_FOUND
ApiError conflict(std::string code, const std::string& message);  ///< 409
ApiError unavailable(std::string code, const std::string& message,
                     std::string field = {});  ///< 503, Retry-After

}  // namespace jackgw::api
