#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "http/message.h"

namespace jackgw::http {

/// What a pattern's {names} stood for in a request's path, percent-decoded.
class PathParameters {
  public:
    void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }

    /// The value of a name of the pattern; throws std::out_of_range for another one, which is the program's
    /// own mistake.
    const std::string& at(std::string_view name) const;
    bool empty() const { return values_.empty(); }

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

using RouteHandler = std::function<Response(const Request&, const PathParameters&)>;

struct Route {
    std::string method;  ///< "GET" serves HEAD too, unless HEAD has a route of its own
    std::string path;    ///< "/api/v1/messages/{id}"; without braces an exact path
    RouteHandler handler;
};

/// A fixed set of routes. Exact paths win over patterns, literal segments over {names}. Immutable once made,
/// so any number of threads may use one without a lock.
class RouteTable {
  public:
    RouteTable() = default;

    /// Throws Error for a malformed pattern and for two routes with the same method and path.
    explicit RouteTable(std::vector<Route> routes);

    /// The answer to a request whose path is known here: the handler's, or 405 with Allow. Nothing if the
    /// path is unknown. Passes on what the handler throws.
    std::optional<Response> answer(const Request& request) const;

  private:
    struct Endpoint {
        RouteHandler handler;
        std::vector<std::string> names;  // of the pattern's {…}, in their order
    };
    using Methods = std::map<std::string, Endpoint, std::less<>>;
    struct Pattern {
        std::vector<std::string> segments;  // an empty one stands for {…}
        Methods methods;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    void add(Route route);
    Methods& methods_of(const Route& route, std::vector<std::string>& names);
    static bool match(const Pattern& pattern, std::string_view path, std::vector<std::string>& values);
    static Response dispatch(const Methods& methods, const Request& request, std::vector<std::string> values);

    std::unordered_map<std::string, Methods, Hash, std::equal_to<>> exact_;
    std::vector<Pattern> patterns_;
};

}  // namespace jackgw::http
