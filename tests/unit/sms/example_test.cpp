#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "sms/options.h"

using namespace jackgw;

TEST_CASE("The example config shows every option, with its variable where it has one") {
    std::ostringstream text;
    text << std::ifstream(CONFIG_EXAMPLE).rdbuf();
    const std::string example = text.str();
    REQUIRE(example.find("[channels.sms.options]") != std::string::npos);
    for (const jackgw_option& option : sms::option_table) {
        std::string key(plugin::view(option.key));
        CAPTURE(key);
        std::size_t from = 0;
        if (const auto mark = key.find("[]."); mark != std::string::npos) {
            from = example.find("\n# [[channels.sms.options." + key.substr(0, mark) + "]]\n");
            REQUIRE(from != std::string::npos);
            key = key.substr(mark + 3);
        }
        const std::string variable(plugin::view(option.env));
        const bool is_text = option.type == JACKGW_OPTION_STRING || option.type == JACKGW_OPTION_URL;
        std::string value = is_text ? "\"" : std::string(plugin::view(option.default_value)) + " ";
        if (!variable.empty()) value += "${" + variable + "}\"";
        CHECK(example.find("\n# " + key + " = " + value, from) != std::string::npos);
    }
}
