#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jackgw::config {

/// The tables of docs/reference/config.md, made from the schema.
std::string reference_tables();

/// The document with what stands between its two markers replaced by the tables; nothing if it has no
/// markers.
std::optional<std::string> update_reference(std::string_view document);

}  // namespace jackgw::config
