#include "json.h"

#include <Poco/JSON/Parser.h>

#include <sstream>

namespace jackgw::sms::simulator {

Poco::JSON::Object json_object() {
    return Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER);
}

Poco::Dynamic::Var text_or_null(const std::string& text) {
    return text.empty() ? null : Poco::Dynamic::Var(text);
}

std::string to_text(const Poco::JSON::Object& object) {
    std::ostringstream text;
    object.stringify(text);
    return text.str();
}

std::optional<Poco::JSON::Object> parse_object(const std::string& text) {
    try {
        Poco::JSON::Parser parser;
        return *parser.parse(text).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
}

std::string string_at(const Poco::JSON::Object& object, const std::string& key, const std::string& fallback) {
    const auto value = object.get(key);
    return value.isString() ? value.extract<std::string>() : fallback;
}

long long number_at(const Poco::JSON::Object& object, const std::string& key, long long fallback) {
    const auto value = object.get(key);
    return value.isInteger() && !value.isBoolean() ? value.convert<long long>() : fallback;
}

std::vector<std::string> strings_at(const Poco::JSON::Object& object, const std::string& key) {
    std::vector<std::string> items;
    const auto array = object.getArray(key);
    if (array.isNull()) return items;
    for (const auto& item : *array) {
        if (item.isString()) items.push_back(item.extract<std::string>());
    }
    return items;
}

Poco::JSON::Array json_array(const std::vector<std::string>& items) {
    Poco::JSON::Array array;
    for (const auto& item : items) array.add(item);
    return array;
}

}  // namespace jackgw::sms::simulator
