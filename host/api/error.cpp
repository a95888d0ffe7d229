#include "api/error.h"

#include "api/answer.h"

namespace jackgw::api {

ApiError::ApiError(int status, std::string code, const std::string& message, std::string field,
                   std::vector<http::Header> headers)
    : Error(message),
      status_(status),
      code_(std::move(code)),
      field_(std::move(field)),
      headers_(std::move(headers)) {}

ApiError ApiError::about_message(std::string id) && {
    message_id_ = std::move(id);
    return std::move(*this);
}

http::Response ApiError::response() const {
    JsonObject error = new_object();
    error->set("code", code_);
    error->set("message", std::string(what()));
    if (!field_.empty()) error->set("field", field_);
    if (!message_id_.empty()) error->set("messageId", message_id_);
    JsonObject body = new_object();
    body->set("error", error);
    http::Response response = json_response(status_, body);
    response.headers.insert(response.headers.end(), headers_.begin(), headers_.end());
    return response;
}

ApiError invalid(std::string field, const std::string& message) {
    return {422, "VALIDATION_FAILED", message, std::move(field)};
}

ApiError not_found(const std::string& message) {
    return {404, "NOT_FOUND", message};
}

ApiError conflict(std::string code, const std::string& message) {
    return {409, std::move(code), message};
}

ApiError unavailable(std::string code, const std::string& message, std::string field) {
    return {503, std::move(code), message, std::move(field), {{"Retry-After", "5"}}};
}

}  // namespace jackgw::api
