#include "api/query.h"

#include <algorithm>

#include "api/error.h"
#include "base/utf8.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

/// Nothing if malformed: a broken escape, bytes that aren't UTF-8, NUL.
std::optional<std::string> decode(std::string_view written) {
    std::string spaced(written);
    std::ranges::replace(spaced, '+', ' ');
    auto decoded = http::percent_decode(spaced);
    if (!decoded || !is_valid_utf8(*decoded) || decoded->find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

}  // namespace

Query::Query(const http::Request& request, std::initializer_list<std::string_view> names) {
    std::string_view rest = request.query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (pair.empty()) continue;

        const auto equals = pair.find('=');
        const auto name = decode(pair.substr(0, equals));
        if (!name || std::ranges::find(names, std::string_view(*name)) == names.end())
            throw invalid(name.value_or(""), "There is no query parameter of this name here");
        auto value = decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
        if (!value) throw invalid(*name, *name + " is not percent-encoded UTF-8 without NUL");
        if (!values_.emplace(*name, *std::move(value)).second)
            throw invalid(*name, *name + " is there more than once");
    }
}

std::optional<std::string> Query::get(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

}  // namespace jackgw::api
