#include "api/body.h"

#include <algorithm>

#include "api/error.h"
#include "api/json_text.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

using Poco::Dynamic::Var;

/// A caller who leaves the header out is believed to send JSON, since nothing else is taken here.
void require_json_type(const http::Request& request) {
    const auto header = request.header("Content-Type");
    if (!header) return;
    const auto type = http::trim(header->substr(0, header->find(';')));
    if (!http::equals_ignoring_case(type, "application/json"))
        throw ApiError(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as Content-Type: application/json");
}

/// What a caller wrote, short enough for a message.
std::string quote(const std::string& written) {
    return written.size() <= 40 ? "\"" + written + "\"" : "what was given";
}

}  // namespace

Body::Body(const http::Request& request, std::initializer_list<std::string_view> keys) {
    require_json_type(request);
    const Var document = parse_untrusted(request.body);
    if (document.type() != typeid(JsonObject)) throw invalid("", "The body must be a JSON object");
    object_ = document.extract<JsonObject>();
    refuse_unknown(keys);
}

Body::Body(JsonObject object, std::string within, std::initializer_list<std::string_view> keys)
    : object_(std::move(object)), within_(std::move(within)) {
    refuse_unknown(keys);
}

void Body::refuse_unknown(std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, ignored] : *object_)
        if (std::ranges::find(keys, key) == keys.end())
            throw invalid(within_ + key,
                          "There is no field of this name; see the API reference for those that there are");
}

ApiError Body::wrong(const std::string& key, const std::string& message) const {
    return invalid(within_ + key, within_ + key + message);
}

bool Body::has(const std::string& key) const {
    return object_->has(key);
}

std::optional<Var> Body::value(const std::string& key) const {
    Var found = object_->get(key);
    if (found.isEmpty()) return std::nullopt;
    return found;
}

std::string Body::required_text(const std::string& key) const {
    auto found = text(key);
    if (!found) throw wrong(key, " is required");
    return *std::move(found);
}

std::optional<std::string> Body::text(const std::string& key) const {
    const auto found = value(key);
    if (!found) return std::nullopt;
    if (found->type() != typeid(std::string)) throw wrong(key, " must be a string");
    return found->extract<std::string>();
}

std::optional<std::string> Body::text(const std::string& key, std::size_t max_bytes) const {
    auto found = text(key);
    if (found && found->size() > max_bytes)
        throw wrong(key, " has " + std::to_string(found->size()) + " bytes, at most " +
                             std::to_string(max_bytes) + " are allowed");
    return found;
}

std::vector<std::string> Body::texts(const std::string& key) const {
    const auto found = value(key);
    if (!found) return {};
    if (found->type() != typeid(JsonArray)) throw wrong(key, " must be an array of strings");
    std::vector<std::string> texts;
    for (const Var& item : *found->extract<JsonArray>()) {
        if (item.isEmpty() || item.type() != typeid(std::string))
            throw wrong(key, "[" + std::to_string(texts.size()) + "] must be a string");
        texts.push_back(item.extract<std::string>());
    }
    return texts;
}

std::optional<Timestamp> Body::time(const std::string& key) const {
    const auto written = text(key);
    if (!written) return std::nullopt;
    const auto time = parse_iso8601(*written);
    if (!time)
        throw wrong(key, " must be a time in ISO 8601 with a zone, such as 2026-11-22T18:00:00Z, not " +
                             quote(*written));
    return time;
}

std::optional<bool> Body::flag(const std::string& key) const {
    const auto found = value(key);
    if (!found) return std::nullopt;
    if (found->type() != typeid(bool)) throw wrong(key, " must be true or false");
    return found->extract<bool>();
}

std::optional<std::int64_t> Body::number(const std::string& key) const {
    const auto found = value(key);
    if (!found) return std::nullopt;
    // What doesn't fit is read as another type.
    if (found->type() != typeid(Poco::Int64) || found->extract<Poco::Int64>() < 0)
        throw wrong(key, " must be a whole number from 0 on");
    return found->extract<Poco::Int64>();
}

Body Body::required_body(const std::string& key, std::initializer_list<std::string_view> keys) const {
    const auto found = value(key);
    if (!found) throw wrong(key, " is required");
    if (found->type() != typeid(JsonObject)) throw wrong(key, " must be an object");
    return {found->extract<JsonObject>(), within_ + key + ".", keys};
}

std::optional<std::string> Body::object(const std::string& key, std::size_t max_bytes) const {
    const auto found = value(key);
    if (!found) return std::nullopt;
    if (found->type() != typeid(JsonObject)) throw wrong(key, " must be an object");
    std::string written = to_text(found->extract<JsonObject>());
    if (written.size() > max_bytes)
        throw wrong(key, " has " + std::to_string(written.size()) + " bytes as JSON, at most " +
                             std::to_string(max_bytes) + " are allowed");
    return written;
}

std::string Body::canonical() const {
    return to_text(object_);
}

void Body::refuse_word(const std::string& key, const std::string& written, std::string_view allowed) const {
    throw wrong(key, " must be one of " + std::string(allowed) + ", not " + quote(written));
}

void expect_no_body(const http::Request& request) {
    if (!request.body.empty()) Body(request, {});
}

}  // namespace jackgw::api
