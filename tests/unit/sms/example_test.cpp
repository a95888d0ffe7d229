#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "sms/options.h"

using namespace jackgw;

TEST_CASE("The example config shows every option with its variable or its default") {
    std::ostringstream text;
    text << std::ifstream(CONFIG_EXAMPLE).rdbuf();
    const std::string example = text.str();
    REQUIRE(example.find("[channels.sms.options]") != std::string::npos);
    for (const jackgw_option& option : sms::option_table) {
        const std::string key(plugin::view(option.key));
        const std::string variable(plugin::view(option.env));
        const std::string value =
            variable.empty() ? std::string(plugin::view(option.default_value)) : "${" + variable + "}";
        CAPTURE(key);
        CHECK(example.find("\n# " + key + " = \"" + value + "\"") != std::string::npos);
    }
}
