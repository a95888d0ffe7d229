#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::http {

/// Pure helpers for the grammar of HTTP (RFC 9110, 9112).

/// A non-empty run of token characters: what methods and header names are made of.
bool is_token(std::string_view text);

/// True if a header value holds no control byte but the tab: what can't break out of its line.
bool is_field_value(std::string_view text);

bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

/// True if a comma-separated list names the token, case ignored.
bool list_contains(std::string_view list, std::string_view token);

/// Decimal digits and nothing else, at most 18 of them.
std::optional<std::uint64_t> parse_decimal(std::string_view digits);

/// Decodes %XX; nothing if an escape is malformed. '+' stays '+': this is for paths, not for forms.
std::optional<std::string> percent_decode(std::string_view text);

/// The value of a hexadecimal digit, or -1.
int hex_value(char digit);

}  // namespace jackgw::http
