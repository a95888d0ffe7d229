#include "conversations/records/json_object.h"

#include <Poco/JSONString.h>

#include <cstdint>

#include "base/utf8.h"

namespace jackgw::conversations {

namespace {

std::string as_json(std::string_view value) {
    return Poco::toJSON(repair_utf8(value), static_cast<int>(Poco::JSON_WRAP_STRINGS));
}

}  // namespace

void JsonObject::begin(std::string_view name) {
    if (!members_.empty()) members_ += ',';
    members_ += as_json(name);
    members_ += ':';
}

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
    begin(name);
    members_ += as_json(value);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, std::int64_t value) {
    begin(name);
    members_ += std::to_string(value);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, const std::vector<std::string>& values) {
    begin(name);
    std::string separator = "[";
    for (const std::string& value : values) {
        members_ += separator + as_json(value);
        separator = ",";
    }
    members_ += values.empty() ? "[]" : "]";
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, const NameValues& values) {
    begin(name);
    std::string separator = "[";
    for (const auto& [key, value] : values) {
        members_ += separator + "[" + as_json(key) + "," + as_json(value) + "]";
        separator = ",";
    }
    members_ += values.empty() ? "[]" : "]";
    return *this;
}

JsonObject& JsonObject::add_null(std::string_view name) {
    begin(name);
    members_ += "null";
    return *this;
}

JsonObject& JsonObject::add_if_set(std::string_view name, std::string_view value) {
    return value.empty() ? *this : add(name, value);
}

}  // namespace jackgw::conversations
