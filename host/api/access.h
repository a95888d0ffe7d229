#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/digest.h"
#include "http/message.h"
#include "store/scope.h"

namespace jackgw::api {

/// What a token allows; each includes the ones before it.
enum class Access {
    reader,  ///< GET
    agent,   ///< also messages, conversations, guests
    admin    ///< everything
};

std::string_view to_string(Access access);
std::optional<Access> parse_access(std::string_view text);

struct Token {
    std::string name;  ///< whose it is, unique
    Access access = Access::reader;
    std::string secret;
    std::vector<std::string> properties{};  ///< ids of those that it is limited to; empty: all
};

struct Caller {
    std::string name;
    Access access = Access::reader;
    store::Scope scope{};  ///< what they may see and act on; the rest is as if it weren't there
};

/// Tells callers by their bearer token (RFC 6750). Secrets are kept and compared as digests only: the time
/// that it takes tells neither a secret's length nor how much of it was right. Without tokens nobody gets in.
/// Immutable, so safe from any thread.
class Gatekeeper {
  public:
    explicit Gatekeeper(const std::vector<Token>& tokens);

    /// Throws ApiError 401 UNAUTHORIZED.
    Caller identify(const http::Request& request) const;

    /// Throws ApiError 403 FORBIDDEN unless the caller has at least that access.
    static void require(const Caller& caller, Access needed);

    /// For what concerns all properties at once. Throws ApiError 403 FORBIDDEN unless the caller may see all;
    /// `what` is the thing, as the object of a sentence.
    static void require_all(const Caller& caller, const std::string& what);

  private:
    struct Entry {
        Caller caller;
        Digest digest;
    };
    std::vector<Entry> entries_;
};

}  // namespace jackgw::api
