#pragma once

#include "fault_server.h"
#include "http/client.h"
#include "test_certificates.h"

namespace jackgw::test {

inline const TestAuthority& authority() {
    static const TestAuthority made;
    return made;
}

/// Options that trust the tests' authority and know two names, provider.test and eu.provider.test.
inline http::ClientOptions test_options() {
    http::ClientOptions options;
    options.ca_file = authority().ca_file();
    options.lookup = [](const std::string& host) {
        const bool known = host == "provider.test" || host == "eu.provider.test";
        return known ? std::vector<std::string>{"127.0.0.1"} : std::vector<std::string>{};
    };
    return options;
}

/// A fault server, over TLS or plain, and the URL to reach it.
struct Provider {
    Provider(bool tls, FaultServer::Script script)
        : server(std::move(script),
                 tls ? std::optional(authority().issue("DNS:provider.test")) : std::optional<Identity>{}),
          base((tls ? "https://provider.test:" : "http://127.0.0.1:") + std::to_string(server.port())) {}

    /// A POST, since that is what must not be repeated.
    http::ClientRequest request(std::chrono::milliseconds total = std::chrono::seconds{10}) const {
        http::ClientRequest made;
        made.method = "POST";
        made.url = base + "/Messages.json?secret";
        made.body = "To=%2B15551234567";
        made.total_timeout = total;
        return made;
    }

    FaultServer server;
    std::string base;
};

}  // namespace jackgw::test
