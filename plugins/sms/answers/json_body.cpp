#include "sms/answers/json_body.h"

#include "sms/webhooks/inbound.h"

namespace jackgw::sms {

nlohmann::json JsonBody::member(const char* name) const {
    return value_.is_object() ? value_.value(name, nlohmann::json()) : nlohmann::json();
}

std::string JsonBody::text(const char* name) const {
    const nlohmann::json found = member(name);
    return found.is_string() ? found.get<std::string>() : std::string{};
}

std::int32_t JsonBody::number(const char* name) const {
    const nlohmann::json found = member(name);
    if (found.is_number_unsigned()) return static_cast<std::int32_t>(found.get<std::uint32_t>());
    if (found.is_string())
        return static_cast<std::int32_t>(read_number(found.get<std::string>()).value_or(0));
    return 0;
}

std::optional<std::int64_t> JsonBody::integer(const char* name) const {
    const nlohmann::json found = member(name);
    if (!found.is_number_integer()) return std::nullopt;
    // What doesn't fit is no number that anybody means.
    if (found.is_number_unsigned() && found.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    return found.get<std::int64_t>();
}

bool JsonBody::flag(const char* name) const {
    const nlohmann::json found = member(name);
    return found.is_boolean() && found.get<bool>();
}

std::vector<JsonBody> JsonBody::list(const char* name) const {
    std::vector<JsonBody> items;
    for (const nlohmann::json& item : member(name))
        if (item.is_object()) items.emplace_back(item);
    return items;
}

JsonBody JsonBody::object(const char* name) const {
    return JsonBody(member(name));
}

std::string JsonBody::message() const {
    for (const char* name : {"message", "detail", "title"}) {
        if (std::string found = text(name); !found.empty()) return found;
    }
    return {};
}

}  // namespace jackgw::sms
