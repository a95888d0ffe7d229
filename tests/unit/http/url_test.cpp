#include "http/outgoing/url.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;

TEST_CASE("URLs are read into host, port, authority and target") {
    struct Row {
        std::string text;
        bool secure;
        std::string host;
        std::uint16_t port;
        std::string authority, target;
    };
    const auto row = GENERATE(values<Row>({
        {"https://api.example.com", true, "api.example.com", 443, "api.example.com", "/"},
        {"HTTPS://API.Example.com/a/B?c=%20d&e", true, "api.example.com", 443, "api.example.com",
         "/a/B?c=%20d&e"},
        {"https://api.example.com:443/", true, "api.example.com", 443, "api.example.com", "/"},
        {"https://api.example.com:8443?x=a@b", true, "api.example.com", 8443, "api.example.com:8443",
         "/?x=a@b"},
        {"https://[2001:DB8::1]:9/x", true, "2001:db8::1", 9, "[2001:db8::1]:9", "/x"},
        {"https://10.1.2.3/x", true, "10.1.2.3", 443, "10.1.2.3", "/x"},
        {"http://localhost:8080/x", false, "localhost", 8080, "localhost:8080", "/x"},
        {"http://127.0.0.1/x", false, "127.0.0.1", 80, "127.0.0.1", "/x"},
        {"http://127.9.9.9/x", false, "127.9.9.9", 80, "127.9.9.9", "/x"},
        {"http://[::1]:80/x", false, "::1", 80, "[::1]", "/x"},
    }));
    CAPTURE(row.text);
    std::string fault;
    const auto url = parse_url(row.text, fault);
    REQUIRE(url);
    CHECK(url->secure == row.secure);
    CHECK(url->host == row.host);
    CHECK(url->port == row.port);
    CHECK(url->authority == row.authority);
    CHECK(url->target == row.target);
}

TEST_CASE("URLs that would leak or mislead are refused without repeating their secrets") {
    const auto text = GENERATE(
        as<std::string>{}, "", "https", "https:", "https:/", "https://", "https:///secret",
        "ftp://example.com/secret", "example.com/secret", "//example.com/secret", "http://example.com/secret",
        "http://localhost.example.com/secret", "http://127.0.0.1.example.com/secret", "http://127.1/secret",
        "http://2130706433/secret", "http://0x7f.0.0.1/secret", "http://0.0.0.0/secret", "http://[::]/secret",
        "http://10.0.0.1/secret", "https://user@example.com/secret", "https://user:secret@example.com/",
        "http://localhost:80@example.com/secret", "https://example.com/secret#fragment",
        "https://example.com/sec ret", "https://example.com/secret\r\nX: y", "https://example.com/s\xc3\xa4",
        "https://exa mple.com/", "https://example.com:0/secret", "https://example.com:65536/secret",
        "https://example.com:/secret", "https://example.com:8x/secret", "https://example.com:-1/secret",
        "https://example.com\\@evil.com/secret", "https://[example.com]/secret", "https://[::1/secret",
        "https://[::1]x/secret", "https://[127.0.0.1]/secret", "https://.example.com/secret",
        "https://a,b/secret");
    CAPTURE(text);
    std::string fault;
    CHECK_FALSE(parse_url(text, fault));
    CHECK_FALSE(fault.empty());
    CHECK(fault.find("secret") == std::string::npos);
}

TEST_CASE("Connections are shared by scheme, host and port only") {
    std::string fault;
    const auto key = [&](const char* text) { return parse_url(text, fault)->connection_key(); };
    CHECK(key("https://a.example/1") == key("https://A.example:443/2?x"));
    CHECK(key("https://a.example/") != key("https://a.example:444/"));
    CHECK(key("https://a.example/") != key("https://b.example/"));
    CHECK(key("https://localhost:80/") != key("http://localhost:80/"));
}
