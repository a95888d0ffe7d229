#include "config/reference.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "config/schema.h"

using namespace jackgw::config;

TEST_CASE("The reference of the config file is in step with the schema") {
    std::ostringstream document;
    document << std::ifstream(CONFIG_REFERENCE).rdbuf();
    REQUIRE_FALSE(document.str().empty());
    INFO("run config-reference docs/reference/config.md");
    CHECK(update_reference(document.str()) == document.str());
}

TEST_CASE("A document without markers is left alone") {
    CHECK_FALSE(update_reference("# Config\n"));
}

TEST_CASE("Every key has a description, something allowed, and a default or none") {
    make_schema().visit([](const auto& section) {
        CHECK_FALSE(section.description.empty());
        for (const auto& key : section.keys) {
            CAPTURE(section.header, key.name);
            CHECK(key.description.ends_with('.'));
            CHECK_FALSE(key.expected.empty());
            if (key.required) CHECK(key.default_text.empty());
            CHECK((key.name.ends_with("_s") == (key.type == "seconds" || key.type == "list of seconds")));
            CHECK((key.name.ends_with("_h") == (key.type == "hours")));
        }
    });
}
