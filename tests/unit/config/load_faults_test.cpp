#include <catch2/catch.hpp>

#include "support.h"

using namespace jackgw::config;

namespace {

struct Row {
    std::string_view text;
    std::string_view expected;  ///< after "jack.toml:"
};

#define TOKEN_HEAD "[[api.tokens]]\nname = \"a\"\nrole = \"agent\"\n"

}  // namespace

TEST_CASE("Each fault names file, line, key, value and what is allowed") {
    const auto row = GENERATE(values<Row>({
        {"[server]\n\nlisten = \"8080\"",
         "3: server.listen = \"8080\": must be an address and a port, e.g. \"127.0.0.1:8080\", "
         "\"0.0.0.0:8080\" or "
         "\"[::1]:8080\""},
        {"server.listen = 8080",
         "1: server.listen = 8080: must be an address and a port, e.g. \"127.0.0.1:8080\", \"0.0.0.0:8080\" "
         "or "
         "\"[::1]:8080\""},
        {"server.public_url = \"api.example.com\"",
         "1: server.public_url = \"api.example.com\": must be an absolute http or https URL, e.g. "
         "\"https://api.example.com\""},
        {"server.public_url = \"https://jack:geheim@example.com\"",
         "1: server.public_url = \"https://jack:***@example.com\": must not contain a user or a password"},
        {"server.public_url = \"https://example.com/?a=1\"",
         "1: server.public_url = \"https://example.com/?a=1\": must not contain a query or a fragment"},
        {"server.public_url = \"https://example.com/#a\"",
         "1: server.public_url = \"https://example.com/#a\": must not contain a query or a fragment"},
        {"[server]\ntrusted_proxies = [\n  \"127.0.0.1\",\n  \"proxy\"]",
         "4: server.trusted_proxies = \"proxy\": must be a list of IP addresses or blocks, e.g. "
         "[\"127.0.0.1\", "
         "\"10.0.0.0/8\"]"},
        {"server.trusted_proxies = \"127.0.0.1\"",
         "1: server.trusted_proxies = \"127.0.0.1\": must be a list of IP addresses or blocks, e.g. "
         "[\"127.0.0.1\", \"10.0.0.0/8\"]"},
        {"server.max_connections = 0", "1: server.max_connections = 0: must be an integer from 1 to 10000"},
        {"server.max_connections = 1.5",
         "1: server.max_connections = 1.5: must be an integer from 1 to 10000"},
        {"server.max_connections = \"10\"",
         "1: server.max_connections = \"10\": must be an integer from 1 to 10000"},
        {"server.header_timeout_s = 0",
         "1: server.header_timeout_s = 0: must be a number of seconds from 0.1 to 300"},
        {"server.header_timeout_s = nan",
         "1: server.header_timeout_s = nan: must be a number of seconds from 0.1 to 300"},
        {"server.header_timeout_s = 1979-05-27",
         "1: server.header_timeout_s = 1979-05-27: must be a number of seconds from 0.1 to 300"},
        {"server.header_timeout_s = [1]",
         "1: server.header_timeout_s = […]: must be a number of seconds from 0.1 to 300"},
        {"server.header_timeout_s = {}",
         "1: server.header_timeout_s = {…}: must be a number of seconds from 0.1 to 300"},
        {"[server]\nlistne = \"127.0.0.1:1\"", "2: server.listne: unknown key; did you mean \"listen\"?"},
        {"[log]\nfile = \"x\"", "2: log.file: unknown key; allowed here: format, level"},
        {"[sever]\nlisten = \"x\"", "1: sever: unknown key; did you mean \"server\"?"},
        {"[[webhooks]]\nurl = \"http://127.0.0.1\"",
         "1: webhooks: unknown key; allowed here: server, properties, api, store, plugins, channels, outbox, "
         "media, log"},
        {"[plugins]\nwatch = true",
         "2: plugins.watch: unknown key; allowed here: directory, keep_mapped, drain_timeout_s"},
        {"server = 3", "1: server: must be a table, written [server]"},
        {"[api]\ntoken = \"0123456789abcdef\"", "2: api.token: unknown key; did you mean \"tokens\"?"},
        {"[api.tokens]\nname = \"a\"",
         "1: api.tokens: must be a list of tables, each written [[api.tokens]]"},
        {"api.tokens = [1]", "1: api.tokens: must be a list of tables, each written [[api.tokens]]"},
        {TOKEN_HEAD "token = \"short-secret\"",
         "4: api.tokens[1].token = (hidden, 12 characters): must be 16 to 256 visible ASCII characters"},
        {TOKEN_HEAD "token = 12345678901234567",
         "4: api.tokens[1].token = (hidden): must be 16 to 256 visible ASCII characters"},
        {TOKEN_HEAD "token = \"has a space in its middle\"",
         "4: api.tokens[1].token = (hidden, 25 characters): must be 16 to 256 visible ASCII characters"},
        {TOKEN_HEAD "token = \"half-of-it-${MISSING}\"",
         "4: api.tokens[1].token: the environment variable MISSING is not set"},
        {TOKEN_HEAD, "1: api.tokens[1].token: is missing; it must be 16 to 256 visible ASCII characters"},
        {"[[api.tokens]]\nname = \"a\"\nrole = \"root\"\ntoken = \"0123456789abcdef\"",
         "3: api.tokens[1].role = \"root\": must be \"reader\", \"agent\" or \"admin\""},
        {"store.url = \"jack.db\"", "1: store.url = \"jack.db\": must be \"sqlite:PATH\""},
        {"store.url = \"sqlite:\"", "1: store.url = \"sqlite:\": must be \"sqlite:PATH\""},
        {"store.url = \"sqlite::memory:\"",
         "1: store.url = \"sqlite::memory:\": must name a file: what is only in memory is lost at the next "
         "stop"},
        {"store.url = \"postgresql://jack:geheim@db/jack\"",
         "1: store.url = \"postgresql://jack:***@db/jack\": PostgreSQL is not supported by this build; use "
         "\"sqlite:PATH\""},
        {"plugins.directory = \"\"", "1: plugins.directory = \"\": must be the path of a folder"},
        {"plugins.keep_mapped = \"yes\"", "1: plugins.keep_mapped = \"yes\": must be true or false"},
        {"[channels.sms]",
         "1: channels.sms.plugin: is missing; it must be the name of a file in the plugin "
         "directory without \".so\", e.g. \"jackgw-sms\""},
        {"[channels.sms]\nplugin = \"../evil\"",
         "2: channels.sms.plugin = \"../evil\": must be the name of a file in the plugin directory without "
         "\".so\", e.g. \"jackgw-sms\""},
        {"channels.sms = \"jackgw-sms\"", "1: channels.sms: must be a table, written [channels.sms]"},
        {"[channels.SMS]\nplugin = \"p\"",
         "1: channels.SMS: "
         "a channel's name must be at most 32 "
         "lower-case letters, digits and underscores, begin with a letter, and "
         "not be \"jackgw\""},
        {"[channels.sms]\nplugin = \"p\"\n[channels.sms.option]\na = 1",
         "3: channels.sms.option: unknown key; did you mean \"options\"?"},
        {"[channels.sms]\nplugin = \"p\"\n[channels.sms.options]\nrate = 1.5",
         "4: channels.sms.options.rate: must be a string, an integer, true or false"},
        {"[channels.sms]\nplugin = \"p\"\n[channels.sms.options]\nsid = \"AC${SID}\"",
         "4: channels.sms.options.sid = \"AC${SID}\": the environment variable SID is not set"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.retry_delays_s = [5, -1]",
         "3: channels.sms.outbox.retry_delays_s = -1: must be a list of at most 20 numbers of seconds, each "
         "from 0 "
         "to 86400"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.segments_per_second = inf",
         "3: channels.sms.outbox.segments_per_second = inf: must be a number from 0.001 to 10000"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.senders.\"+1\".burst = 0",
         "3: channels.sms.outbox.senders.\"+1\".burst = 0: must be an integer from 1 to 10000"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.senders.\"+1\" = 3",
         "3: channels.sms.outbox.senders.\"+1\": must be a table, written "
         "[channels.sms.outbox.senders.\"+1\"]"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.senders.\"\".burst = 1",
         "3: channels.sms.outbox.senders.\"\": names no sender"},
        {"[channels.sms]\nplugin = \"p\"\noutbox.senders = 3",
         "3: channels.sms.outbox.senders: must be a table, written [channels.sms.outbox.senders]"},
        {"[channels.sms]\nplugin = \"p\"\n[channels.sms.outbox.senders.\"+1\"]\nretry_delays_s = [1]",
         "4: channels.sms.outbox.senders.\"+1\".retry_delays_s: unknown key; allowed here: "
         "segments_per_second, burst"},
        {"outbox.default_expiry_h = 1000",
         "1: outbox.default_expiry_h = 1000: must be a number of hours from 0.001 to 720"},
        {"log.level = \"trace\"",
         "1: log.level = \"trace\": must be \"debug\", \"info\", \"warning\" or \"error\""},
        {"log.level = \"${LEVEL}\"",
         "1: log.level = \"${LEVEL}\": the environment variable LEVEL is not set"},
        {"server.listen = \"0.0.0.0:8080\"",
         "1: server.listen = \"0.0.0.0:8080\": is reachable from other machines, so the API needs at least "
         "one "
         "[[api.tokens]]; or listen on 127.0.0.1"},
        {"a = 1\nb = ", "2: Error while parsing key-value pair: encountered end-of-file"},
    }));
    CAPTURE(row.text);
    CHECK(test::faults_of(std::string(row.text)) ==
          std::string("jack.toml:").append(row.expected).append("\n"));
}

TEST_CASE("All faults come at once, in the order of the file") {
    const std::string text =
        "[log]\n"
        "level = \"loud\"\n"
        "colour = true\n"
        "[server]\n"
        "listen = \"nowhere\"\n"
        "max_body_bytes = 1\n"
        "[channels.sms.options]\n"
        "a = \"${X}\"\n"
        "b = \"${Y}\"\n";
    CHECK(
        test::faults_of(text) ==
        "jack.toml:2: log.level = \"loud\": must be \"debug\", \"info\", \"warning\" or \"error\"\n"
        "jack.toml:3: log.colour: unknown key; allowed here: format, level\n"
        "jack.toml:5: server.listen = \"nowhere\": must be an address and a port, e.g. \"127.0.0.1:8080\", "
        "\"0.0.0.0:8080\" or \"[::1]:8080\"\n"
        "jack.toml:6: server.max_body_bytes = 1: must be an integer from 1024 to 67108864\n"
        "jack.toml:7: channels.sms.plugin: is missing; it must be the name of a file in the plugin directory "
        "without \".so\", e.g. \"jackgw-sms\"\n"
        "jack.toml:8: channels.sms.options.a = \"${X}\": the environment variable X is not set\n"
        "jack.toml:9: channels.sms.options.b = \"${Y}\": the environment variable Y is not set\n");
}

TEST_CASE("Tokens and their names are unique, and the tokens stay hidden") {
    const std::string faults = test::faults_of(
        "[[api.tokens]]\nname = \"a\"\nrole = \"agent\"\ntoken = \"0123456789abcdef\"\n"
        "[[api.tokens]]\nname = \"a\"\nrole = \"admin\"\ntoken = \"${TOKEN}\"\n",
        test::environment_of({{"TOKEN", "0123456789abcdef"}}));
    CHECK(faults ==
          "jack.toml:5: api.tokens[2].name = \"a\": is the name of api.tokens[1] too\n"
          "jack.toml:5: api.tokens[2].token = (hidden, 16 characters): is the token of api.tokens[1] too\n");
}

TEST_CASE("What a variable holds is never shown") {
    const std::string faults =
        test::faults_of("log.level = \"${LEVEL}\"", test::environment_of({{"LEVEL", "geheim"}}));
    CHECK(faults ==
          "jack.toml:1: log.level = \"${LEVEL}\": must be \"debug\", \"info\", \"warning\" or \"error\"\n");
}

TEST_CASE("The faults of all senders' paces come at once") {
    CHECK(test::faults_of("[channels.sms]\nplugin = \"p\"\n"
                          "[channels.sms.outbox.senders.\"+1\"]\nsegments_per_second = 0\nburst = 0\n"
                          "[channels.sms.outbox.senders.\"+2\"]\nburst = \"much\"\n") ==
          "jack.toml:4: channels.sms.outbox.senders.\"+1\".segments_per_second = 0: must be a number from "
          "0.001 to 10000\n"
          "jack.toml:5: channels.sms.outbox.senders.\"+1\".burst = 0: must be an integer from 1 to 10000\n"
          "jack.toml:7: channels.sms.outbox.senders.\"+2\".burst = \"much\": must be an integer from 1 to "
          "10000\n");
}
