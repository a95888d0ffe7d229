#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jackgw::sms {

/// A JSON object of Twilio's. Members that are missing, null or of another type read as empty, 0 or false.
class JsonBody {
  public:
    explicit JsonBody(const std::string& text) : value_(nlohmann::json::parse(text, nullptr, false)) {}
    explicit JsonBody(nlohmann::json value) : value_(std::move(value)) {}

    bool is_object() const { return value_.is_object(); }
    std::string text(const char* name) const;
    /// Numbers come as numbers or in quotes.
    std::int32_t number(const char* name) const;
    /// A number that is written as one, whole.
    std::optional<std::int64_t> integer(const char* name) const;
    bool has(const char* name) const { return value_.is_object() && value_.contains(name); }
    bool has_text(const char* name) const { return member(name).is_string(); }
    bool has_list(const char* name) const { return member(name).is_array(); }
    bool flag(const char* name) const;
    /// The objects of a list.
    std::vector<JsonBody> list(const char* name) const;
    JsonBody object(const char* name) const;

    /// What an error says in words. Twilio answers errors as {code, message, …}, as RFC 9457 {code, title,
    /// detail, …}, or not in JSON at all.
    std::string message() const;

  private:
    nlohmann::json member(const char* name) const;

    nlohmann::json value_;
};

}  // namespace jackgw::sms
