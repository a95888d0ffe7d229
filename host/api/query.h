#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace jackgw::api {

/// The parameters after '?', decoded as forms are: '+' is a space. Throws ApiError 422 with the parameter
/// named if one is unknown, repeated or not valid UTF-8 without NUL. A parameter without a value counts as
/// absent.
class Query {
  public:
    Query(const http::Request& request, std::initializer_list<std::string_view> names);

    std::optional<std::string> get(std::string_view name) const;

  private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace jackgw::api
