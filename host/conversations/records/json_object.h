#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"

namespace jackgw::conversations {

/// Writes one flat JSON object, members in the order in which they are added. NUL and malformed
/// UTF-8 become U+FFFD: JSON can't carry the latter, and many readers stumble over the former.
class JsonObject {
  public:
    JsonObject& add(std::string_view name, std::string_view value);
    JsonObject& add(std::string_view name, std::int64_t value);
    JsonObject& add(std::string_view name, const std::vector<std::string>& values);
    /// An array of [name, value] pairs: names may repeat, and their order counts.
    JsonObject& add(std::string_view name, const NameValues& values);
    JsonObject& add_null(std::string_view name);
    /// As add, but an empty value is left out.
    JsonObject& add_if_set(std::string_view name, std::string_view value);

    std::string text() const { return "{" + members_ + "}"; }

  private:
    void begin(std::string_view name);

    std::string members_;
};

}  // namespace jackgw::conversations
