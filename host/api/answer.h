#pragma once

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <optional>
#include <string>

#include "http/message.h"

namespace jackgw::api {

using JsonObject = Poco::JSON::Object::Ptr;
using JsonArray = Poco::JSON::Array::Ptr;

/// An object that keeps its keys in the order in which they are set: answers are read by people, too.
JsonObject new_object();
JsonArray new_array();

std::string to_text(const JsonObject& object);

http::Response json_response(int status, const JsonObject& body);
/// `{"data": …}`
http::Response data_response(const Poco::Dynamic::Var& data, int status = 200);
/// `{"data": […], "nextCursor": string|null}`
http::Response list_response(const JsonArray& items, const std::optional<std::string>& next_cursor);

}  // namespace jackgw::api
