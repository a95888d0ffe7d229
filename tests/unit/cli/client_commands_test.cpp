#include "cli/client_commands.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include "http/server.h"

using namespace jackgw;
using namespace jackgw::cli;

namespace {

/// A server that answers by "METHOD /path" and remembers what it was asked.
class FakeGateway {
  public:
    FakeGateway() : server_({}, clock_, [this](const http::Request& request) { return answer(request); }) {
        server_.start();
    }
    ~FakeGateway() { server_.stop(std::chrono::seconds{1}); }

    void on(const std::string& method_and_path, int status, const std::string& body) {
        const std::lock_guard lock(mutex_);
        answers_[method_and_path] = {status, {{"Content-Type", "application/json"}}, body};
    }
    std::vector<http::Request> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
    std::uint16_t port() const { return server_.port(); }

  private:
    http::Response answer(const http::Request& request) {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        const auto found = answers_.find(request.method + " " + request.path);
        if (found != answers_.end()) return found->second;
        return {404, {}, R"({"error":{"code":"NOT_FOUND","message":"no such thing"}})"};
    }

    SystemClock clock_;
    mutable std::mutex mutex_;
    std::map<std::string, http::Response> answers_;
    std::vector<http::Request> requests_;
    http::Server server_;
};

struct Outcome {
    int exit_code;
    std::string out;
    std::string error;
};

template <class Command>
Outcome run(const Command& command, const std::string& token = "the-token-of-tests") {
    std::ostringstream out;
    std::ostringstream error;
    const auto environment = [&](const std::string& name) -> std::optional<std::string> {
        if (name == "JACKGW_API_TOKEN" && !token.empty()) return token;
        return std::nullopt;
    };
    const int exit_code = run_client_command(command, {environment, out, error});
    return {exit_code, out.str(), error.str()};
}

Send message_to(const FakeGateway& gateway) {
    Send send;
    send.target.url = gateway.url();
    send.channel = "sms";
    send.to = "+15551234567";
    send.text = "Hello \"you\"\n\xf0\x9f\x98\x80";
    return send;
}

constexpr const char* two_plugins = R"({"data":[
    {"channel":"echo","plugin":"jackgw-echo","state":"disabled","generation":null,"version":null,"abi":null,
     "error":null,"capabilities":[],"healthy":true,"healthReason":null},
    {"channel":"mail","plugin":"jackgw-mail","state":"down","generation":null,"version":null,"abi":null,
     "error":"no such file","capabilities":[],"healthy":false,"healthReason":null},
    {"channel":"sms","plugin":"jackgw-sms","state":"ready","generation":12,"version":"0.1.0","abi":"1.0",
     "error":null,"capabilities":["text","media"],"healthy":false,"healthReason":"credentials refused"}],
    "nextCursor":null})";

}  // namespace

TEST_CASE("send posts the message and prints its id") {
    FakeGateway gateway;
    gateway.on("POST /api/v1/messages", 202,
               R"({"data":{"id":"0193","to":"+15551234567","deliveryStatus":"pending"}})");
    Send send = message_to(gateway);

    SECTION("with as little as may be") {
        const Outcome outcome = run(send);
        CHECK(outcome.error.empty());
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.out == "message 0193 to +15551234567: pending\n");
        const auto requests = gateway.requests();
        REQUIRE(requests.size() == 1);
        CHECK(requests[0].header("Authorization") == "Bearer the-token-of-tests");
        CHECK(requests[0].header("Content-Type") == "application/json");
        CHECK(nlohmann::json::parse(requests[0].body) ==
              nlohmann::json{{"channel", "sms"}, {"to", send.to}, {"content", send.text}});
    }
    SECTION("with everything") {
        send.text.clear();
        send.media = {"https://a/1", "https://a/2"};
        send.priority = "high";
        send.from = "+15550001111";
        send.target.url = gateway.url() + "/";
        CHECK(run(send).exit_code == 0);
        CHECK(nlohmann::json::parse(gateway.requests().at(0).body) ==
              nlohmann::json{{"channel", "sms"},
                             {"to", send.to},
                             {"mediaUrls", {"https://a/1", "https://a/2"}},
                             {"priority", "high"},
                             {"from", "+15550001111"}});
    }
    SECTION("without a token there is no header") {
        CHECK(run(send, "").exit_code == 0);
        CHECK_FALSE(gateway.requests().at(0).header("Authorization"));
    }
}

TEST_CASE("send says what was made of the text and what the channel warns of") {
    struct Row {
        const char* more;
        const char* out;
        const char* error;
    };
    const auto row = GENERATE(values<Row>({
        {R"("parts":[],"truncated":false,"warnings":[])", "pending\n", ""},
        {R"("parts":[{},{},{}],"truncated":false,"warnings":[])", "pending, in 3 parts\n", ""},
        {R"("parts":[],"truncated":true,"warnings":["the text was cut"])", "pending, cut to fit\n",
         "jack-gateway: warning: the text was cut\n"},
        {R"("parts":[],"truncated":false,"warnings":["a landline","one-way"])", "pending\n",
         "jack-gateway: warning: a landline\njack-gateway: warning: one-way\n"},
    }));
    FakeGateway gateway;
    gateway.on("POST /api/v1/messages", 202,
               R"({"data":{"id":"0193","to":"+15551234567","deliveryStatus":"pending",)" +
                   std::string(row.more) + "}}");
    const Outcome outcome = run(message_to(gateway));
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out == "message 0193 to +15551234567: " + std::string(row.out));
    CHECK(outcome.error == row.error);
}

TEST_CASE("What the gateway refuses is told with code, message and field") {
    FakeGateway gateway;
    const auto [status, body, expected] = GENERATE(table<int, std::string, std::string>({
        {422, R"({"error":{"code":"UNSUBSCRIBED","message":"The guest has opted out"}})",
         "jack-gateway: UNSUBSCRIBED: The guest has opted out\n"},
        {422, R"({"error":{"code":"VALIDATION_FAILED","message":"Not a number","field":"to"}})",
         "jack-gateway: VALIDATION_FAILED: Not a number (to)\n"},
        {401, R"({"error":{"code":"UNAUTHORIZED","message":"Who are you?"}})",
         "jack-gateway: UNAUTHORIZED: Who are you?; JACKGW_API_TOKEN must hold one of the tokens of the "
         "gateway's "
         "config\n"},
        {500, "{\"error\":{\"code\":\"X\\u001b[2J\",\"message\":5}}", "jack-gateway: X [2J: 5\n"},
        {502, "<html>", "jack-gateway: URL answered 502, but not as a gateway's API does: is it one?\n"},
        {200, "[]", "jack-gateway: URL answered 200, but not as a gateway's API does: is it one?\n"},
        {202, "{}", "jack-gateway: URL answered 202, but not as a gateway's API does: is it one?\n"},
        {500, "{\"error\":\"text\"}",
         "jack-gateway: URL answered 500, but not as a gateway's API does: is it one?\n"},
    }));
    CAPTURE(body);
    gateway.on("POST /api/v1/messages", status, body);
    const Outcome outcome = run(message_to(gateway));
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.out.empty());
    std::string error = outcome.error;
    if (const auto at = error.find(gateway.url()); at != std::string::npos)
        error.replace(at, gateway.url().size(), "URL");
    CHECK(error == expected);
}

TEST_CASE("plugin list prints a table") {
    FakeGateway gateway;
    PluginList list;
    list.target.url = gateway.url();
    SECTION("of all channels") {
        gateway.on("GET /api/v1/plugins", 200, two_plugins);
        const Outcome outcome = run(list);
        CHECK(outcome.exit_code == 0);
        CHECK(
            outcome.out ==
            "CHANNEL  PLUGIN       VERSION  GENERATION  ABI  STATE     CAPABILITIES  HEALTH\n"
            "echo     jackgw-echo  -        -           -    disabled  -             -\n"
            "mail     jackgw-mail  -        -           -    down      -             no such file\n"
            "sms      jackgw-sms   0.1.0    12          1.0  ready     text,media    credentials refused\n");
    }
    SECTION("or says that there are none") {
        gateway.on("GET /api/v1/plugins", 200, R"({"data":[]})");
        CHECK(run(list).out == "the gateway has no channels\n");
    }
    SECTION("and survives an answer of another shape") {
        gateway.on("GET /api/v1/plugins", 200, R"({"data":[1,{"channel":{"a":1}},null]})");
        const Outcome outcome = run(list);
        CHECK(outcome.exit_code == 0);
        CHECK_THAT(outcome.out, Catch::StartsWith("CHANNEL"));
    }
}

TEST_CASE("reload moves one channel, or every enabled one") {
    FakeGateway gateway;
    gateway.on("GET /api/v1/plugins", 200, two_plugins);
    gateway.on("POST /api/v1/plugins/sms/reload", 200, R"({"data":{"generation":13,"version":"0.2.0"}})");
    gateway.on("POST /api/v1/plugins/mail/reload", 409,
               R"({"error":{"code":"RELOAD_FAILED","message":"no such file"}})");
    Reload reload;
    reload.target.url = gateway.url();
    SECTION("one") {
        reload.channel = "sms";
        const Outcome outcome = run(reload);
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.out == "sms: reloaded, generation 13, version 0.2.0\n");
        CHECK(outcome.error.empty());
    }
    SECTION("one that fails") {
        reload.channel = "mail";
        const Outcome outcome = run(reload);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.error == "jack-gateway: RELOAD_FAILED: no such file\n");
    }
    SECTION("all, and one failure doesn't stop the rest") {
        const Outcome outcome = run(reload);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.out == "sms: reloaded, generation 13, version 0.2.0\n");
        CHECK(outcome.error == "jack-gateway: mail: RELOAD_FAILED: no such file\n");
        CHECK(gateway.requests().size() == 3);
    }
    SECTION("a name is one segment of the path") {
        reload.channel = "../messages?x=#";
        CHECK(run(reload).exit_code == 1);
        CHECK(gateway.requests().at(0).target == "/api/v1/plugins/..%2Fmessages%3Fx%3D%23/reload");
    }
}

TEST_CASE("plugin test prints what was found and says by its exit code whether all is well") {
    FakeGateway gateway;
    PluginTest test;
    test.target.url = gateway.url();
    test.channel = "sms";
    SECTION("all well, or almost") {
        gateway.on("POST /api/v1/plugins/sms/test", 200, R"({"data":{"channel":"sms","ok":true,"error":null,
            "checks":[{"name":"credentials","subject":null,"status":"ok","message":"accepted"},
                      {"name":"webhook","subject":"+15551234567","status":"warning","message":"no retries"}]}})");
        const Outcome outcome = run(test);
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.out ==
              "CHECK        OF            RESULT   WHAT\n"
              "credentials  -             ok       accepted\n"
              "webhook      +15551234567  warning  no retries\n");
        CHECK(outcome.error.empty());
    }
    SECTION("something failed") {
        gateway.on("POST /api/v1/plugins/sms/test", 200, R"({"data":{"channel":"sms","ok":false,"error":null,
            "checks":[{"name":"credentials","subject":null,"status":"failed","message":"refused"}]}})");
        const Outcome outcome = run(test);
        CHECK(outcome.exit_code == 1);
        CHECK_THAT(outcome.out, Catch::Contains("credentials  -   failed  refused"));
    }
    SECTION("the test could not be made") {
        gateway.on("POST /api/v1/plugins/sms/test", 200,
                   R"({"data":{"channel":"sms","ok":false,"error":"no memory","checks":[]}})");
        const Outcome outcome = run(test);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.out == "nothing was checked\n");
        CHECK(outcome.error == "jack-gateway: no memory\n");
    }
    SECTION("refused") {
        gateway.on("POST /api/v1/plugins/sms/test", 501,
                   R"({"error":{"code":"TEST_NOT_SUPPORTED","message":"it has none"}})");
        const Outcome outcome = run(test);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.error == "jack-gateway: TEST_NOT_SUPPORTED: it has none\n");
    }
}

TEST_CASE("Nobody there: the user is asked whether the gateway runs") {
    std::string url;
    {
        const FakeGateway gone;
        url = gone.url();
    }
    PluginList list;
    list.target.url = url;
    const Outcome outcome = run(list);
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.error, Catch::StartsWith("jack-gateway: cannot reach " + url + " ("));
    CHECK_THAT(outcome.error, Catch::EndsWith("): is the gateway running at this URL?\n"));
}

TEST_CASE("The gateway is found through its config") {
    FakeGateway gateway;
    gateway.on("GET /api/v1/plugins", 200, R"({"data":[]})");
    const auto file =
        std::filesystem::temp_directory_path() / ("jackgw-cli-" + std::to_string(getpid()) + ".toml");
    PluginList list;
    list.target.config = file;
    const std::string port = std::to_string(gateway.port());
    SECTION("where it listens, everywhere included; the rest of the file does not matter") {
        const std::string host = GENERATE(as<std::string>{}, "127.0.0.1", "0.0.0.0", "localhost");
        std::ofstream(file) << "[server]\nlisten = \"" << host << ":" << port
                            << "\"\n[channels.sms]\nplugin = \"${X}\"\n";
        const Outcome outcome = run(list);
        CHECK(outcome.error.empty());
        CHECK(outcome.exit_code == 0);
    }
    SECTION("a faulty one ends with 2") {
        std::ofstream(file) << "[server]\nlisten = \"there\"\n";
        const Outcome outcome = run(list);
        CHECK(outcome.exit_code == 2);
        CHECK_THAT(outcome.error, Catch::Contains(file.string() + ":2: server.listen = \"there\": must be"));
    }
    SECTION("a port that the system chooses is not known") {
        std::ofstream(file) << "[server]\nlisten = \"127.0.0.1:0\"\n";
        const Outcome outcome = run(list);
        CHECK(outcome.exit_code == 2);
        CHECK_THAT(outcome.error, Catch::Contains("--url"));
    }
    SECTION("one that is not there ends with 2") {
        CHECK(run(list).exit_code == 2);
    }
    std::filesystem::remove(file);
}

TEST_CASE("A URL that is none is wrong usage") {
    const std::string url =
        GENERATE(as<std::string>{}, "127.0.0.1:8080", "ftp://h", "http://h/?a", "http://u:p@h", "");
    PluginList list;
    list.target.url = url;
    const Outcome outcome = run(list);
    CHECK(outcome.exit_code == 2);
    CHECK_THAT(outcome.error, Catch::Contains("--url must be an absolute http or https URL"));
}
