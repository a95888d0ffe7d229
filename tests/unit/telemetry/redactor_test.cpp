#include "telemetry/redactor.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

using namespace jackgw::telemetry;

TEST_CASE("Secrets are replaced wherever they stand") {
    Redactor redactor;
    redactor.set_secrets("config", {"0123456789abcdef", "swordfish"});
    redactor.set_secrets("sms", {"fedcba9876543210", "fishbone"});
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"", ""},
        {"nothing", "nothing"},
        {"swordfish", "[secret]"},
        {"Bearer 0123456789abcdef!", "Bearer [secret]!"},
        {"swordfishswordfish", "[secret][secret]"},
        {"a=swordfish&b=fedcba9876543210", "a=[secret]&b=[secret]"},
        {"swordfishbone", "[secret]"},  // overlapping ones leave no piece of either
        {"Swordfish", "Swordfish"},
    }));
    CAPTURE(text);
    CHECK(redactor.scrub(text) == expected);
}

TEST_CASE("A secret within another leaves nothing of the longer one") {
    Redactor redactor;
    redactor.set_secrets("config", {"secret", "my-secret-token"});
    CHECK(redactor.scrub("<my-secret-token> <secret>") == "<[secret]> <[secret]>");
}

TEST_CASE("Groups are replaced as a whole, and short secrets are not kept") {
    Redactor redactor;
    redactor.set_secrets("a", {"first-secret"});
    redactor.set_secrets("b", {"second-secret", "short"});
    CHECK(redactor.scrub("first-secret second-secret short") == "[secret] [secret] short");
    redactor.set_secrets("a", {"third-secret"});
    CHECK(redactor.scrub("first-secret second-secret third-secret") == "first-secret [secret] [secret]");
    redactor.set_secrets("a", {});
    CHECK(redactor.scrub("third-secret second-secret") == "third-secret [secret]");
}

TEST_CASE("Redacting does both, secrets first") {
    Redactor redactor;
    redactor.set_secrets("a", {"5551234567"});
    CHECK(redactor.redact("to +15559876543 with 5551234567") == "to +1***6543 with [secret]");
}

TEST_CASE("Secrets are exchanged while others scrub") {
    Redactor redactor;
    redactor.set_secrets("a", {"first-secret", "second-secret"});
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread reader([&] {
        while (!done) {
            const std::string text = redactor.scrub("first-secret second-secret");
            if (text != "[secret] [secret]" && text != "first-secret second-secret") ++wrong;
        }
    });
    for (int i = 0; i < 2000; ++i)
        redactor.set_secrets("a", i % 2 == 0 ? std::vector<std::string>{}
                                             : std::vector<std::string>{"first-secret", "second-secret"});
    done = true;
    reader.join();
    CHECK(wrong == 0);
}
