#include "http/wire/fields.h"

#include "http/wire/syntax.h"

namespace jackgw::http {

FieldFault parse_fields(std::string_view lines, std::vector<Header>& out, std::size_t max_fields) {
    while (!lines.empty()) {
        const auto end = lines.find("\r\n");
        if (end == std::string_view::npos) return FieldFault::malformed;
        const auto line = lines.substr(0, end);
        lines.remove_prefix(end + 2);

        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return FieldFault::malformed;
        const auto name = line.substr(0, colon);
        const auto value = trim(line.substr(colon + 1));
        if (!is_token(name) || !is_field_value(value)) return FieldFault::malformed;
        if (out.size() == max_fields) return FieldFault::too_many;
        out.push_back({std::string(name), std::string(value)});
    }
    return FieldFault::none;
}

}  // namespace jackgw::http
