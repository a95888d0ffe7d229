#include <catch2/catch.hpp>

#include "base/defaults.h"
#include "config/time_zone.h"
#include "support.h"

using namespace jackgw::config;

namespace {

Config must_parse(const std::string& text, const Environment& environment = test::no_environment()) {
    const auto result = parse(text, "jack.toml", environment);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(to_string(*faults));
    return std::get<Config>(result);
}

const std::string token_head =
    "[[api.tokens]]\nname = \"a\"\nrole = \"agent\"\ntoken = \"0123456789abcdef\"\n";

}  // namespace

TEST_CASE("A channel belongs to the property that it names, else to main, else to the only one") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"[channels.sms]\nplugin = \"p\"", "main"},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"main\"", "main"},
        {"[properties]\n[channels.sms]\nplugin = \"p\"", "main"},
        {"[properties.main]\n[channels.sms]\nplugin = \"p\"", "main"},
        {"[properties.lakeside]\n[channels.sms]\nplugin = \"p\"", "lakeside"},
        {"[properties.a]\n[properties.main]\n[properties.z]\n[channels.sms]\nplugin = \"p\"", "main"},
        {"[properties.a]\n[properties.z]\n[channels.sms]\nplugin = \"p\"\nproperty = \"z\"", "z"},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"later\"\n[properties.a]\n[properties.later]", "later"},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"${HOTEL}\"\n[properties.a]\n[properties.z]", "a"},
    }));
    CAPTURE(text);
    const Config config = must_parse(text, test::environment_of({{"HOTEL", "a"}}));
    CHECK(config.channels.at(0).property == expected);
}

TEST_CASE("A property may have any name that is short and of small letters, and any time zone") {
    const Config config = must_parse(
        "[properties.jackgw]\ntime_zone = \"Etc/GMT+5\"\n"
        "[properties.h_2]\nname = \"Zum Löwen \\\"am See\\\" 🦁\"\ntime_zone = \"UTC\"\n"
        "[properties.a2345678901234567890123456789012]\nname = \"" +
        std::string(200, 'x') + "\"\n");
    REQUIRE(config.properties.size() == 3);
    CHECK(config.properties[0].name == std::string(200, 'x'));
    CHECK(config.properties[1].name == "Zum Löwen \"am See\" 🦁");
    CHECK(config.properties[2].time_zone == "Etc/GMT+5");
}

TEST_CASE("What is wrong with a property") {
    const std::string name_rule =
        ": a property's name must be at most 32 lower-case letters, digits and underscores, and begin with a "
        "letter";
    const std::string name_allowed = ": must be at most 200 bytes of text without control characters";
    const std::string zone_allowed = ": must be the IANA name of a time zone, e.g. \"Europe/Vienna\"";
    const auto [text, expected] = GENERATE_COPY(table<std::string, std::string>({
        {"properties = \"main\"", "1: properties: must be a table, written [properties]"},
        {"[properties]\nmain = \"Hotel\"", "2: properties.main: must be a table, written [properties.main]"},
        {"[[properties]]\nname = \"Hotel\"", "1: properties: must be a table, written [properties]"},
        {"[propertys.main]", "1: propertys: unknown key; did you mean \"properties\"?"},
        {"[properties.Main]", "1: properties.Main" + name_rule},
        {"[properties.2]", "1: properties.2" + name_rule},
        {"[properties.\"\"]", "1: properties." + name_rule},
        {"[properties.lake-side]", "1: properties.lake-side" + name_rule},
        {"[properties.a23456789012345678901234567890123]",
         "1: properties.a23456789012345678901234567890123" + name_rule},
        {"[properties.main]\ntimezone = \"UTC\"",
         "2: properties.main.timezone: unknown key; did you mean \"time_zone\"?"},
        {"[properties.main]\nname = 3", "2: properties.main.name = 3" + name_allowed},
        {"[properties.main]\nname = \"a\\nb\"", "2: properties.main.name = \"a\\nb\"" + name_allowed},
        {"[properties.main]\nname = \"a\\u007fb\"", "2: properties.main.name = \"a\\u007fb\"" + name_allowed},
        {"[properties.main]\nname = \"\\u0085\"", "2: properties.main.name = \"\xc2\x85\"" + name_allowed},
        {"[properties.main]\nname = \"" + std::string(199, 'x') + "ä\"",
         "2: properties.main.name = \"" + std::string(120, 'x') + "…\"" + name_allowed},
        {"[properties.main]\ntime_zone = 1", "2: properties.main.time_zone = 1" + zone_allowed},
        {"[properties.main]\ntime_zone = \"\"", "2: properties.main.time_zone = \"\"" + zone_allowed},
        {"[properties.main]\ntime_zone = \"../UTC\"",
         "2: properties.main.time_zone = \"../UTC\"" + zone_allowed},
        {"[properties.main]\ntime_zone = \"/usr/share/zoneinfo/UTC\"",
         "2: properties.main.time_zone = \"/usr/share/zoneinfo/UTC\"" + zone_allowed},
        {"[properties.main]\ntime_zone = \"+01:00\"",
         "2: properties.main.time_zone = \"+01:00\"" + zone_allowed},
    }));
    CAPTURE(text);
    CHECK(test::faults_of(text) == std::string("jack.toml:").append(expected).append("\n"));
}

TEST_CASE("A time zone must be one of the machine's, if it has any") {
    const auto [text, value] = GENERATE(table<std::string, std::string>({
        {"[properties.main]\ntime_zone = \"Europe/Wien\"", "\"Europe/Wien\""},
        {"[properties.main]\ntime_zone = \"Europe\"", "\"Europe\""},
        {"[properties.main]\ntime_zone = \"${ZONE}\"", "\"${ZONE}\""},
    }));
    CAPTURE(text);
    const std::string expected =
        "jack.toml:2: properties.main.time_zone = " + value +
        ": is no time zone that this machine knows; they stand in /usr/share/zoneinfo\n";
    const bool has_none = is_known_time_zone("Europe/Wien", time_zone_database);
    CHECK(test::faults_of(text, test::environment_of({{"ZONE", "Europe/Wien"}})) ==
          (has_none ? "" : expected));
}

TEST_CASE("A channel must belong to a property that there is") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"lakeside\"",
         "3: channels.sms.property = \"lakeside\": unknown property; allowed here: main"},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"Main\"",
         "3: channels.sms.property = \"Main\": unknown property; did you mean \"main\"?"},
        {"[properties.lakeside]\n[properties.seaside]\n[channels.sms]\nplugin = \"p\"\n"
         "property = \"seeside\"",
         "5: channels.sms.property = \"seeside\": unknown property; did you mean \"seaside\"?"},
        {"[properties.lakeside]\n[properties.seaside]\n[channels.sms]\nplugin = \"p\"\n"
         "property = \"main\"",
         "5: channels.sms.property = \"main\": unknown property; allowed here: lakeside, seaside"},
        {"[properties.seaside]\n[properties.lakeside]\n[properties.town]\n\n[channels.sms]\nplugin = \"p\"",
         "5: channels.sms.property: is missing; it must be \"lakeside\", \"seaside\" or \"town\""},
        {"[channels.sms]\nplugin = \"p\"\nenabled = false\nproperty = \"lakeside\"",
         "4: channels.sms.property = \"lakeside\": unknown property; allowed here: main"},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"${HOTEL}\"",
         "3: channels.sms.property = \"${HOTEL}\": unknown property; allowed here: main"},
        // What the schema refuses is told once.
        {"[properties.a]\n[properties.b]\n[channels.sms]\nplugin = \"p\"\nproperty = \"\"",
         "5: channels.sms.property = \"\": must be the name of a property, e.g. \"main\""},
        {"[channels.sms]\nplugin = \"p\"\nproperty = 7",
         "3: channels.sms.property = 7: must be the name of a property, e.g. \"main\""},
        {"[channels.sms]\nplugin = \"p\"\nproperty = \"${UNSET}\"",
         "3: channels.sms.property = \"${UNSET}\": the environment variable UNSET is not set"},
        // Whose property is faulty isn't blamed for that.
        {"[properties.Lakeside]\n[channels.sms]\nplugin = \"p\"\nproperty = \"Lakeside\"",
         "1: properties.Lakeside: a property's name must be at most 32 lower-case letters, digits and "
         "underscores, and begin with a letter"},
        {"[properties]\nlakeside = 3\n[channels.sms]\nplugin = \"p\"\nproperty = \"lakeside\"",
         "2: properties.lakeside: must be a table, written [properties.lakeside]"},
    }));
    CAPTURE(text);
    CHECK(test::faults_of(text, test::environment_of({{"HOTEL", "geheim"}})) ==
          std::string("jack.toml:").append(expected).append("\n"));
}

TEST_CASE("A token is limited to properties that there are, or not at all") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"properties = []",
         "5: api.tokens[1].properties = []: must name a property, or the token could see nothing; leave it "
         "out for all of them"},
        {"properties = [\"lakeside\"]",
         "5: api.tokens[1].properties = \"lakeside\": unknown property; allowed here: main"},
        {"properties = [\n  \"main\",\n  \"mian\"\n]",
         "7: api.tokens[1].properties = \"mian\": unknown property; did you mean \"main\"?"},
        {"properties = [\"${HOTEL}\"]",
         "5: api.tokens[1].properties = \"${HOTEL}\": unknown property; allowed here: main"},
        {"properties = \"main\"",
         "5: api.tokens[1].properties = \"main\": must be a list of names of properties, e.g. [\"main\"]"},
        {"properties = [\"main\", 3]",
         "5: api.tokens[1].properties = 3: must be a list of names of properties, e.g. [\"main\"]"},
        {"properties = [\"main\", \"\"]",
         "5: api.tokens[1].properties = \"\": must be a list of names of properties, e.g. [\"main\"]"},
        {"property = \"main\"",
         "5: api.tokens[1].property: unknown key; allowed here: name, role, token, properties"},
    }));
    CAPTURE(text);
    CHECK(test::faults_of(token_head + text, test::environment_of({{"HOTEL", "geheim"}})) ==
          std::string("jack.toml:").append(expected).append("\n"));
}

TEST_CASE("A token names so many properties at most that each number may have statements of its own") {
    const auto faults = [](std::size_t count) {
        std::string list;
        std::string tables;
        for (std::size_t i = 0; i < count; ++i) {
            list += (i == 0 ? "\"h" : ", \"h") + std::to_string(i) + "\"";
            tables += "\n[properties.h" + std::to_string(i) + "]";
        }
        return test::faults_of(token_head + "properties = [" + list + "]" + tables);
    };
    CHECK(faults(jackgw::defaults::max_token_properties) == "");
    CHECK(faults(jackgw::defaults::max_token_properties + 1) ==
          "jack.toml:5: api.tokens[1].properties: names 65 properties, and 64 is the most; leave it out for "
          "all "
          "of them, or use several tokens\n");
}

TEST_CASE("The faults of all properties, and of all who name them, come at once") {
    CHECK(test::faults_of("[properties.lakeside]\ntime_zone = \"Vienna time\"\n"
                          "[properties.seaside]\nname = \"\\t\"\n" +
                          token_head +
                          "properties = [\"lakeside\", \"town\", \"seesaw\"]\n"
                          "[channels.mail]\nplugin = \"p\"\n"
                          "[channels.sms]\nplugin = \"p\"\nproperty = \"lake\"\n") ==
          "jack.toml:2: properties.lakeside.time_zone = \"Vienna time\": must be the IANA name of a time "
          "zone, e.g. \"Europe/Vienna\"\n"
          "jack.toml:4: properties.seaside.name = \"\\u0009\": must be at most 200 bytes of text without "
          "control characters\n"
          "jack.toml:9: api.tokens[1].properties = \"town\": unknown property; allowed here: lakeside, "
          "seaside\n"
          "jack.toml:9: api.tokens[1].properties = \"seesaw\": unknown property; allowed here: lakeside, "
          "seaside\n"
          "jack.toml:10: channels.mail.property: is missing; it must be \"lakeside\" or \"seaside\"\n"
          "jack.toml:14: channels.sms.property = \"lake\": unknown property; did you mean \"lakeside\"?\n");
}
