#pragma once

#include <map>
#include <string>

#include "sms/webhooks/form.h"

namespace jackgw::test {

struct HttpReply {
    int status = 0;  // 0: the connection ended without an answer
    std::map<std::string, std::string> headers{};
    std::string body{};

    /// A member of the body's JSON object in text form ("a.b" goes into objects, "a.0" into arrays); "null"
    /// for null, and
    /// "(absent)" if there is none.
    std::string at(const std::string& path) const;
};

/// One request over a connection of its own. `credentials` is "user:password", empty for none. Throws if
/// nobody listens.
HttpReply http_call(const std::string& method, const std::string& url, const std::string& credentials,
                    const std::string& body = {}, int timeout_s = 10);

}  // namespace jackgw::test
