#include "http/route_table.h"

#include <algorithm>
#include <stdexcept>

#include "base/errors.h"
#include "http/answers.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

// Calls `take` for each segment of a path; stops and returns false when it does.
template <typename Take>
bool for_each_segment(std::string_view path, Take take) {
    path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        if (!take(path.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

const std::string& PathParameters::at(std::string_view name) const {
    const auto found =
        std::find_if(values_.begin(), values_.end(), [&](const auto& value) { return value.first == name; });
    if (found == values_.end()) throw std::out_of_range("the route has no {" + std::string(name) + "}");
    return found->second;
}

RouteTable::RouteTable(std::vector<Route> routes) {
    for (auto& route : routes) add(std::move(route));
    // Literal segments first, so that the first match is the most particular one.
    std::stable_sort(patterns_.begin(), patterns_.end(), [](const Pattern& a, const Pattern& b) {
        return std::lexicographical_compare(
            a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
            [](const auto& x, const auto& y) { return !x.empty() && y.empty(); });
    });
}

void RouteTable::add(Route route) {
    if (route.path.empty() || route.path.front() != '/' || !is_token(route.method) || !route.handler) {
        throw Error("route '" + route.method + " " + route.path +
                    "': needs a method, a path that begins with '/' and a handler");
    }
    std::vector<std::string> names;
    Methods& methods = methods_of(route, names);
    if (!methods.emplace(route.method, Endpoint{std::move(route.handler), std::move(names)}).second) {
        throw Error("route '" + route.method + " " + route.path + "' is there twice");
    }
}

// The place of the route's path, made if it isn't there yet. The names in braces don't make a path another
// one.
RouteTable::Methods& RouteTable::methods_of(const Route& route, std::vector<std::string>& names) {
    if (route.path.find('{') == std::string::npos) return exact_[route.path];
    std::vector<std::string> segments;
    for_each_segment(route.path, [&](std::string_view segment) {
        const bool name = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
        const auto inner = name ? segment.substr(1, segment.size() - 2) : segment;
        if (segment.empty() || inner.find_first_of("{}") != std::string_view::npos) {
            throw Error("route '" + route.path + "': a segment is either plain text or one {name}");
        }
        if (name) names.emplace_back(inner);
        segments.emplace_back(name ? std::string_view{} : segment);
        return true;
    });
    const auto found = std::find_if(patterns_.begin(), patterns_.end(),
                                    [&](const auto& pattern) { return pattern.segments == segments; });
    if (found != patterns_.end()) return found->methods;
    return patterns_.emplace_back(Pattern{std::move(segments), {}}).methods;
}

bool RouteTable::match(const Pattern& pattern, std::string_view path, std::vector<std::string>& values) {
    values.clear();
    auto expected = pattern.segments.begin();
    const bool fits = for_each_segment(path, [&](std::string_view segment) {
        if (expected == pattern.segments.end()) return false;
        const std::string& literal = *expected++;
        if (!literal.empty()) return segment == literal;
        auto value = percent_decode(segment);
        if (!value || value->empty()) return false;
        values.push_back(std::move(*value));
        return true;
    });
    return fits && expected == pattern.segments.end();
}

std::optional<Response> RouteTable::answer(const Request& request) const {
    if (request.path.empty() || request.path.front() != '/') return std::nullopt;
    if (const auto found = exact_.find(std::string_view(request.path)); found != exact_.end()) {
        return dispatch(found->second, request, {});
    }
    std::vector<std::string> values;
    for (const auto& pattern : patterns_) {
        if (match(pattern, request.path, values))
            return dispatch(pattern.methods, request, std::move(values));
    }
    return std::nullopt;
}

Response RouteTable::dispatch(const Methods& methods, const Request& request,
                              std::vector<std::string> values) {
    auto found = methods.find(request.method);
    if (found == methods.end() && request.method == "HEAD") found = methods.find("GET");
    if (found == methods.end()) {
        Response refusal = edge_answer(405, request.path);
        std::string allowed;
        for (const auto& [method, endpoint] : methods) {
            if (!allowed.empty()) allowed += ", ";
            allowed += method;
            if (method == "GET" && !methods.contains("HEAD")) allowed += ", HEAD";
        }
        refusal.headers.push_back({"Allow", std::move(allowed)});
        return refusal;
    }
    PathParameters parameters;
    for (std::size_t i = 0; i < values.size(); ++i)
        parameters.add(found->second.names[i], std::move(values[i]));
    return found->second.handler(request, parameters);
}

}  // namespace jackgw::http
