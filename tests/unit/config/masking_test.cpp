#include "config/masking.h"

#include <catch2/catch.hpp>

#include "config/suggest.h"

using namespace jackgw::config;

TEST_CASE("Keys that usually hold secrets are known") {
    const auto [key, secret] = GENERATE(table<const char*, bool>({
        {"api.tokens[1].token", true},
        {"channels.sms.options.auth_token", true},
        {"channels.mail.options.PASSWORD", true},
        {"client_secret", true},
        {"api_key", true},
        {"signing_key", true},
        {"channels.sms.options.account_sid", false},
        {"api.tokens[1].name", false},
        {"server.public_url", false},
        {"keyboard", false},
    }));
    CAPTURE(key);
    CHECK(looks_secret(key) == secret);
}

TEST_CASE("A hidden value tells its length alone") {
    CHECK(hidden("") == "(hidden, 0 characters)");
    CHECK(hidden("x") == "(hidden, 1 character)");
    CHECK(hidden("s\xc3\xa4kret") == "(hidden, 6 characters)");
}

TEST_CASE("Passwords in URLs are replaced") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"http://host/a@b:c", "http://host/a@b:c"},
        {"postgresql://jack:geheim@db/jack", "postgresql://jack:***@db/jack"},
        {"http://u:a:b@c@host:80/x", "http://u:***@host:80/x"},
        {"http://user@host", "http://user@host"},
        {"a http://u:p@h and b https://v:q@i/", "a http://u:***@h and b https://v:***@i/"},
        {"://", "://"},
        {"no url", "no url"},
    }));
    CHECK(without_url_password(text) == expected);
}

TEST_CASE("Values are quoted, escaped and cut for display") {
    CHECK(in_quotes("a \"b\" \\ \n\x01") == "\"a \\\"b\\\" \\\\ \\n\\u0001\"");
    const auto [letters, rest, kept] = GENERATE(table<std::size_t, const char*, std::size_t>({
        {500, "", 120},
        {119, "ää", 119},
    }));
    CHECK(in_quotes(std::string(letters, 'x').append(rest)) ==
          std::string("\"").append(kept, 'x').append("…\""));
}

TEST_CASE("Suggestions are near or absent") {
    const std::vector<std::string> allowed{"listen", "public_url", "max_connections", "drain_timeout_s"};
    const auto [word, expected] = GENERATE(table<const char*, const char*>({
        {"listne", "listen"},
        {"Listen", "listen"},
        {"public-url", "public_url"},
        {"max_conections", "max_connections"},
        {"drain_timeout", "drain_timeout_s"},
        {"port", ""},
        {"watch", ""},
        {"", ""},
    }));
    CAPTURE(word);
    CHECK(nearest(word, allowed) == expected);
}
