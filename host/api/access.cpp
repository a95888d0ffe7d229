#include "api/access.h"

#include <set>

#include "api/error.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

constexpr std::string_view scheme = "Bearer";

/// The token of "Bearer TOKEN"; nothing for another scheme.
std::optional<std::string_view> bearer_token(std::string_view authorization) {
    const auto space = authorization.find(' ');
    if (space == std::string_view::npos ||
        !http::equals_ignoring_case(authorization.substr(0, space), scheme))
        return std::nullopt;
    return http::trim(authorization.substr(space + 1));
}

ApiError unauthorized(const std::string& message, const std::string& challenge) {
    return {401, "UNAUTHORIZED", message, {}, {{"WWW-Authenticate", challenge}}};
}

}  // namespace

std::string_view to_string(Access access) {
    switch (access) {
        case Access::reader:
            return "reader";
        case Access::agent:
            return "agent";
        case Access::admin:
            break;
    }
    return "admin";
}

std::optional<Access> parse_access(std::string_view text) {
    for (const Access access : {Access::reader, Access::agent, Access::admin})
        if (to_string(access) == text) return access;
    return std::nullopt;
}

Gatekeeper::Gatekeeper(const std::vector<Token>& tokens) {
    for (const Token& token : tokens) {
        // An empty secret would let in whoever sends an empty token.
        if (token.secret.empty()) throw Error("API token \"" + token.name + "\" is empty");
        Caller caller{token.name, token.access};
        const std::set<std::string> properties(token.properties.begin(), token.properties.end());
        if (!properties.empty()) caller.scope.properties.emplace(properties.begin(), properties.end());
        entries_.push_back({std::move(caller), sha256(token.secret)});
    }
}

Caller Gatekeeper::identify(const http::Request& request) const {
    const auto header = request.header("Authorization");
    const auto token = header ? bearer_token(*header) : std::nullopt;
    if (!token)
        throw unauthorized("Send an API token: Authorization: Bearer TOKEN",
                           R"(Bearer realm="jack-gateway")");
    const Digest digest = sha256(*token);
    const Entry* found = nullptr;
    for (const Entry& entry : entries_)
        if (equal_in_constant_time(entry.digest, digest)) found = &entry;
    if (found == nullptr)
        throw unauthorized("The API token is not known",
                           R"(Bearer realm="jack-gateway", error="invalid_token")");
    return found->caller;
}

void Gatekeeper::require(const Caller& caller, Access needed) {
    if (caller.access >= needed) return;
    throw ApiError(403, "FORBIDDEN",
                   "This needs the role " + std::string(to_string(needed)) + "; the token \"" + caller.name +
                       "\" has " + std::string(to_string(caller.access)));
}

void Gatekeeper::require_all(const Caller& caller, const std::string& what) {
    if (caller.scope.all()) return;
    throw ApiError(403, "FORBIDDEN",
                   "All properties share " + what + ", and the token \"" + caller.name +
                       "\" is limited to some of them");
}

}  // namespace jackgw::api
