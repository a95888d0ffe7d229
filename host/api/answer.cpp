#include "api/answer.h"

#include <sstream>

namespace jackgw::api {

JsonObject new_object() {
    return JsonObject(new Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER));
}

JsonArray new_array() {
    return JsonArray(new Poco::JSON::Array);
}

std::string to_text(const JsonObject& object) {
    std::ostringstream text;
    object->stringify(text);
    return text.str();
}

http::Response json_response(int status, const JsonObject& body) {
    return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, to_text(body)};
}

http::Response data_response(const Poco::Dynamic::Var& data, int status) {
    JsonObject body = new_object();
    body->set("data", data);
    return json_response(status, body);
}

http::Response list_response(const JsonArray& items, const std::optional<std::string>& next_cursor) {
    JsonObject body = new_object();
    body->set("data", items);
    body->set("nextCursor", next_cursor ? Poco::Dynamic::Var(*next_cursor) : Poco::Dynamic::Var());
    return json_response(200, body);
}

}  // namespace jackgw::api
