#pragma once

#include <string_view>

namespace jackgw::api {

/// How a medium of a guest's is named to the API's callers.
struct MediaType {
    std::string_view name;
    std::string_view extension;  ///< of the file's name, with its dot; may be empty
};

/// The type of what a guest has sent, by what its Content-Type says: one of those that travel in messages and
/// that a browser doesn't execute, else application/octet-stream. Parameters are dropped.
MediaType media_type(std::string_view content_type);

}  // namespace jackgw::api
