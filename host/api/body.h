#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/answer.h"
#include "api/error.h"
#include "base/time.h"
#include "http/message.h"

namespace jackgw::api {

/// A request's body, read as a JSON object. Everything that it refuses is an ApiError: 415 for another
/// content type, 400 INVALID_JSON, and 422 with the field named for unknown keys and wrong types. A key that
/// is null counts as absent, but see `has`.
class Body {
  public:
    /// `keys`: all that may be there.
    Body(const http::Request& request, std::initializer_list<std::string_view> keys);

    /// True if the key is there, be it null.
    bool has(const std::string& key) const;

    std::string required_text(const std::string& key) const;
    std::optional<std::string> text(const std::string& key) const;
    /// At most `max_bytes`.
    std::optional<std::string> text(const std::string& key, std::size_t max_bytes) const;
    /// An array of strings; absent: empty.
    std::vector<std::string> texts(const std::string& key) const;
    /// ISO 8601 with a zone.
    std::optional<Timestamp> time(const std::string& key) const;
    std::optional<bool> flag(const std::string& key) const;
    /// A whole number from 0 on.
    std::optional<std::int64_t> number(const std::string& key) const;
    /// An object that is read as strictly as the body itself; errors name its keys as `key.KEY`.
    Body required_body(const std::string& key, std::initializer_list<std::string_view> keys) const;
    /// An object as compact JSON text with sorted keys, at most `max_bytes`.
    std::optional<std::string> object(const std::string& key, std::size_t max_bytes) const;

    /// One of a set of words; `allowed` lists them for the message.
    template <typename Enum>
    std::optional<Enum> word(const std::string& key, std::optional<Enum> (*parse)(std::string_view),
                             std::string_view allowed) const {
        const auto written = text(key);
        if (!written) return std::nullopt;
        const auto value = parse(*written);
        if (!value) refuse_word(key, *written, allowed);
        return value;
    }

    /// The same for two bodies that mean the same: compact, keys sorted.
    std::string canonical() const;

  private:
    Body(JsonObject object, std::string within, std::initializer_list<std::string_view> keys);

    void refuse_unknown(std::initializer_list<std::string_view> keys) const;
    [[noreturn]] void refuse_word(const std::string& key, const std::string& written,
                                  std::string_view allowed) const;
    /// What is wrong with a key; `message` goes on from its name.
    ApiError wrong(const std::string& key, const std::string& message) const;
    /// Nothing if absent or null.
    std::optional<Poco::Dynamic::Var> value(const std::string& key) const;

    JsonObject object_;
    std::string within_;  ///< "filter." for the object of that key; empty for the body itself
};

/// For requests that need no body: takes an empty one and `{}`.
void expect_no_body(const http::Request& request);

}  // namespace jackgw::api
