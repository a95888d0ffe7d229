#pragma once

#include <optional>
#include <string>

#include "config/options.h"

namespace jackgw::config {

/// What an option of this type takes: completes "must be …".
std::string expected(const OptionSpec& spec);

/// The file's value as text, or nothing if its TOML type does not suit the option.
std::optional<std::string> text_of(const OptionSpec& spec, const RawOption& raw);

/// What is wrong with a value; nothing if it is right.
std::optional<std::string> problem_with(const OptionSpec& spec, const std::string& text);

}  // namespace jackgw::config
