#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// A form field or query parameter, decoded.
struct Parameter {
    std::string name;
    std::string value;

    bool operator==(const Parameter&) const = default;
};

/// In the order received, repeated names kept.
using Parameters = std::vector<Parameter>;

/// Reads application/x-www-form-urlencoded, a body or a query: decoded exactly once, '+' is a space. Never
/// refuses what a guest wrote: a malformed escape is kept as it stands, any byte may come out. Empty items
/// ("a=1&&b=2") are no parameters.
Parameters parse_form(std::string_view text);

/// Writes what parse_form reads back unchanged.
std::string encode_form(const Parameters& parameters);

/// Escapes every byte but the unreserved ones of RFC 3986 (letters, digits, "-._~") and those in `keep`.
std::string percent_encode(std::string_view bytes, std::string_view keep = {});

/// The value of the first parameter of that name, compared with regard to case; nothing if there is none. The
/// view lives as long as the parameters.
std::optional<std::string_view> find(const Parameters& parameters, std::string_view name);

/// As find, but the empty text where there is none.
std::string_view value_of(const Parameters& parameters, std::string_view name);

}  // namespace jackgw::sms
