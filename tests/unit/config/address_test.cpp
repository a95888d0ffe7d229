#include "config/address.h"

#include <catch2/catch.hpp>

using namespace jackgw::config;

TEST_CASE("Listen addresses are read and written, and loopback is told apart") {
    struct Row {
        const char* text;
        const char* host;
        int port;
        bool loopback;
    };
    const auto row = GENERATE(values<Row>({
        {"127.0.0.1:8080", "127.0.0.1", 8080, true},
        {"127.8.9.1:1", "127.8.9.1", 1, true},
        {"localhost:0", "localhost", 0, true},
        {"[::1]:8080", "::1", 8080, true},
        {"0.0.0.0:65535", "0.0.0.0", 65535, false},
        {"128.0.0.1:80", "128.0.0.1", 80, false},
        {"[::]:80", "::", 80, false},
        {"[2001:db8::1]:443", "2001:db8::1", 443, false},
    }));
    CAPTURE(row.text);
    const auto address = parse_listen_address(row.text);
    REQUIRE(address);
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
    CHECK(is_loopback(*address) == row.loopback);
    CHECK(to_string(*address) == row.text);
}

TEST_CASE("Malformed listen addresses are refused") {
    const auto text =
        GENERATE(as<const char*>{}, "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                 "127.0.0.1:-1", "127.0.0.1:80x", "127.0.0.1: 80", "127.0.0:80", "example.com:80", "::1:8080",
                 "[::1]", "[::1:80", "[127.0.0.1]:80", "http://127.0.0.1:80", "*:80");
    CAPTURE(text);
    CHECK_FALSE(parse_listen_address(text));
}

TEST_CASE("Address blocks are addresses with or without a number of bits") {
    const auto [text, valid] = GENERATE(table<const char*, bool>({
        {"127.0.0.1", true},
        {"10.0.0.0/8", true},
        {"10.0.0.0/32", true},
        {"::1", true},
        {"fd00::/8", true},
        {"fd00::/128", true},
        {"10.0.0.0/33", false},
        {"fd00::/129", false},
        {"10.0.0.0/", false},
        {"10.0.0/8", false},
        {"localhost", false},
        {"", false},
    }));
    CAPTURE(text);
    CHECK(is_address_block(text) == valid);
}

TEST_CASE("URLs are taken apart") {
    struct Row {
        const char* text;
        const char* scheme;
        const char* host;
        int port;
        const char* path;
        bool user;
        bool query;
        bool fragment;
    };
    const auto row = GENERATE(values<Row>({
        {"https://api.example.com", "https", "api.example.com", -1, "", false, false, false},
        {"HTTP://10.0.0.1:81/a/b/", "http", "10.0.0.1", 81, "/a/b/", false, false, false},
        {"http://[::1]:8080/x?y=1#z", "http", "::1", 8080, "/x", false, true, true},
        {"https://user:pa:ss@host?q", "https", "host", -1, "", true, true, false},
        {"https://host#f", "https", "host", -1, "", false, false, true},
    }));
    CAPTURE(row.text);
    const auto url = parse_url(row.text);
    REQUIRE(url);
    CHECK(url->scheme == row.scheme);
    CHECK(url->host == row.host);
    CHECK(url->port == row.port);
    CHECK(url->path == row.path);
    CHECK(url->has_user_info == row.user);
    CHECK(url->has_query == row.query);
    CHECK(url->has_fragment == row.fragment);
}

TEST_CASE("What is no absolute http or https URL is refused") {
    const auto text = GENERATE(
        as<const char*>{}, "", "example.com", "/path", "//host/", "ftp://host", "http://", "http:///path",
        "http://:80", "http://host:", "http://host:0", "http://host:65536", "http://host:8x", "http://ho st",
        "http://[::1", "http://[::1]x", "http://[1.2.3.4]", "http://-host", "https://my_hotel.example.com",
        "http://hos\xc3\xb6t", "http://host/\n", "javascript:alert(1)");
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
}
