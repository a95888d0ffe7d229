#include "config/environment.h"

#include <catch2/catch.hpp>

#include "support.h"

using namespace jackgw::config;

TEST_CASE("Variables are filled in, once, and $${ stands for ${") {
    const auto environment = test::environment_of({{"A", "one"}, {"B_2", "${A}"}, {"EMPTY", ""}});
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"", ""},
        {"plain $ text }{", "plain $ text }{"},
        {"${A}", "one"},
        {"<${A}${A}>", "<oneone>"},
        {"${B_2}", "${A}"},
        {"a${EMPTY}b", "ab"},
        {"$${A}", "${A}"},
        {"$${A} ${A}", "${A} one"},
        {"$$ ${A}", "$$ one"},
    }));
    CAPTURE(text);
    const auto result = expand(text, environment);
    REQUIRE(std::holds_alternative<std::string>(result));
    CHECK(std::get<std::string>(result) == expected);
}

TEST_CASE("Unset variables and malformed references are refused") {
    const auto environment = test::environment_of({{"BROKEN", "\xff"}});
    const std::string malformed =
        "\"${\" must be followed by the name of an environment variable and \"}\"; write \"$${\" for the two "
        "characters themselves";
    const auto [text, expected] = GENERATE_COPY(table<std::string, std::string>({
        {"x ${NOT_SET}", "the environment variable NOT_SET is not set"},
        {"${BROKEN}", "the environment variable BROKEN does not hold valid UTF-8"},
        {"${", malformed},
        {"${}", malformed},
        {"${A", malformed},
        {"${A B}", malformed},
        {"${1A}", malformed},
        {"${A:-default}", malformed},
    }));
    CAPTURE(text);
    const auto result = expand(text, environment);
    REQUIRE(std::holds_alternative<ExpansionError>(result));
    CHECK(std::get<ExpansionError>(result).problem == expected);
}

TEST_CASE("The process's environment is read") {
    REQUIRE(setenv("JACKGW_TEST_VARIABLE", "value", 1) == 0);
    CHECK(process_environment()("JACKGW_TEST_VARIABLE") == "value");
    REQUIRE(unsetenv("JACKGW_TEST_VARIABLE") == 0);
    CHECK_FALSE(process_environment()("JACKGW_TEST_VARIABLE"));
}
