#include "http/message.h"

#include "http/wire/syntax.h"

namespace jackgw::http {

std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name) {
    for (const auto& header : headers) {
        if (equals_ignoring_case(header.name, name)) return header.value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
    return find_header(headers, name);
}

}  // namespace jackgw::http
