#pragma once

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <optional>
#include <string>
#include <vector>

namespace jackgw::sms::simulator {

/// An object whose members stay in the order in which they were set.
Poco::JSON::Object json_object();
std::string to_text(const Poco::JSON::Object& object);
/// Nothing if the text is no JSON object.
std::optional<Poco::JSON::Object> parse_object(const std::string& text);

/// Written as null.
inline const Poco::Dynamic::Var null;
/// null if the text is empty.
Poco::Dynamic::Var text_or_null(const std::string& text);

/// Members of a known type; the fallback if absent, null or of another type.
std::string string_at(const Poco::JSON::Object& object, const std::string& key,
                      const std::string& fallback = {});
long long number_at(const Poco::JSON::Object& object, const std::string& key, long long fallback = 0);
std::vector<std::string> strings_at(const Poco::JSON::Object& object, const std::string& key);
Poco::JSON::Array json_array(const std::vector<std::string>& items);

}  // namespace jackgw::sms::simulator
