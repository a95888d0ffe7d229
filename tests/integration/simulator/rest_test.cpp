#include <catch2/catch.hpp>

#include <filesystem>
#include <set>

#include <unistd.h>

#include "harness/receiver.h"
#include "harness/running_simulator.h"

using namespace jackgw::test;
using Catch::Contains;
using Catch::Equals;
using Catch::StartsWith;

namespace {

const std::string nowhere = "http://127.0.0.1:9/sms";  // for tests in which no guest writes
const std::string service = "MG0123456789abcdef0123456789abcdef";

}  // namespace

TEST_CASE("a message is accepted in the provider's shape and delivered") {
    const RunningSimulator simulator(nowhere, {"--status-delay-ms", "1"});
    const auto reply = simulator.send(RunningSimulator::message("Grüße 😀"));
    REQUIRE(reply.status == 201);
    CHECK(reply.headers.at("Content-Type") == "application/json");
    CHECK_THAT(reply.at("sid"), StartsWith("SM"));
    CHECK(reply.at("status") == "queued");
    CHECK(reply.at("body") == "Grüße 😀");
    CHECK(reply.at("num_segments") == "1");
    CHECK(reply.at("date_sent") == "null");
    CHECK(reply.at("error_code") == "null");
    CHECK_THAT(reply.at("date_created"), Contains("+0000"));
    CHECK(reply.at("uri") ==
          "/2010-04-01/Accounts/" + account_sid + "/Messages/" + reply.at("sid") + ".json");
    const auto delivered = simulator.wait_for_status(reply.at("sid"), "delivered");
    CHECK(delivered.at("status") == "delivered");
    CHECK(delivered.at("date_sent") != "null");
}

TEST_CASE("smart encoding costs what the replaced text costs") {
    const RunningSimulator simulator(nowhere, {"--status-delay-ms", "1"});
    const std::string body = "“" + std::string(100, 'x') + "”";
    const auto [value, segments] = GENERATE(table<std::string, std::string>({
        {"true", "1"},
        {"false", "2"},
        {"", "2"},
    }));
    CAPTURE(value);
    auto form = RunningSimulator::message(body);
    if (!value.empty()) form.push_back({"SmartEncoded", value});
    const auto reply = simulator.send(form);
    REQUIRE(reply.status == 201);
    CHECK(reply.at("num_segments") == segments);
    CHECK(reply.at("body") == body);
}

TEST_CASE("a messaging service chooses its sender later") {
    const RunningSimulator simulator(nowhere, {"--status-delay-ms", "1", "--messaging-service", service});
    const auto reply = simulator.send({{"To", guest}, {"MessagingServiceSid", service}, {"Body", "Hello"}});
    REQUIRE(reply.status == 201);
    CHECK(reply.at("status") == "accepted");
    CHECK(reply.at("from") == "null");
    CHECK(reply.at("num_segments") == "0");
    const auto delivered = simulator.wait_for_status(reply.at("sid"), "delivered");
    CHECK(delivered.at("from") == our_number);
    CHECK(delivered.at("num_segments") == "1");
}

TEST_CASE("refusals are the provider's") {
    const RunningSimulator simulator(nowhere,
                                     {"--api-key", "SK0123456789abcdef0123456789abcdef:secret:with:colons"});
    const std::string path = simulator.url() + "/2010-04-01/Accounts/" + account_sid + "/Messages.json";

    SECTION("bad parameters") {
        const auto reply = simulator.send(RunningSimulator::message("Hello", "nobody"));
        CHECK(reply.status == 400);
        CHECK(reply.at("code") == "21211");
        CHECK(reply.at("status") == "400");
        CHECK_THAT(reply.at("more_info"), Contains("21211"));
        CHECK(simulator.control("GET", "state").at("refused.21211") == "1");
    }
    SECTION("credentials") {
        for (const auto& credentials :
             {std::string(), account_sid + ":wrong", account_sid + ":", "x:" + auth_token}) {
            INFO(credentials);
            const auto reply = http_call("GET", path, credentials);
            CHECK(reply.status == 401);
            CHECK(reply.at("code") == "20003");
            CHECK(reply.headers.contains("WWW-Authenticate"));
        }
        CHECK(http_call("GET", path, "SK0123456789abcdef0123456789abcdef:secret:with:colons").status == 200);
    }
    SECTION("resources that are not there") {
        CHECK(simulator.rest("GET", "/Messages/SM0.json").at("code") == "20404");
        CHECK(simulator.rest("GET", "/Messages").at("code") == "20404");
        CHECK(simulator.rest("PUT", "/Messages.json").at("code") == "20004");
        CHECK(simulator.get("/2010-04-01/Accounts/AC9.json").at("code") == "20404");
    }
}

TEST_CASE("the account and its numbers can be read") {
    const RunningSimulator simulator(nowhere, {"--number", "+15551234568"});
    CHECK(simulator.rest("GET", ".json").at("status") == "active");
    const auto numbers = simulator.rest("GET", "/IncomingPhoneNumbers.json");
    CHECK(numbers.at("incoming_phone_numbers.0.phone_number") == our_number);
    CHECK(numbers.at("incoming_phone_numbers.1.phone_number") == "+15551234568");
}

TEST_CASE("lists are followed page by page to the end, each message once") {
    const RunningSimulator simulator(nowhere, {"--status-delay-ms", "1", "--list-delay-ms", "0"});
    std::set<std::string> sent;
    for (int i = 0; i < 7; ++i) {
        sent.insert(simulator.send(RunningSimulator::message(std::to_string(i))).at("sid"));
        simulator.send(RunningSimulator::message("to another", "+15550000001"));
    }
    for (const std::string& sid : sent) simulator.wait_for_status(sid, "delivered");
    std::set<std::string> listed;
    std::string next = "/2010-04-01/Accounts/" + account_sid +
                       "/Messages.json?To=%2B15559876543&PageSize=3&DateSent%3E=2020-01-01";
    unsigned pages = 0;
    while (next != "null" && pages < 10) {
        const auto page = simulator.get(next);
        REQUIRE(page.status == 200);
        CHECK(page.at("page") == std::to_string(pages));
        for (int i = 0; page.at("messages." + std::to_string(i)) != "(absent)"; ++i) {
            CHECK(listed.insert(page.at("messages." + std::to_string(i) + ".sid")).second);
        }
        next = page.at("next_page_uri");
        ++pages;
    }
    CHECK(pages == 3);
    CHECK(listed == sent);
    CHECK(simulator.rest("GET", "/Messages.json?DateSent%3C=2020-01-01").at("messages.0") == "(absent)");
    CHECK(simulator.rest("GET", "/Messages.json?DateSent=yesterday").status == 400);
}

TEST_CASE("lists are late, and control says how late") {
    const RunningSimulator simulator(nowhere, {"--list-delay-ms", "3600000"});
    const std::string sid = simulator.send(RunningSimulator::message()).at("sid");
    CHECK(simulator.rest("GET", "/Messages.json").at("messages.0") == "(absent)");
    CHECK(simulator.rest("GET", "/Messages/" + sid + ".json").status == 200);
    CHECK(simulator.command({"list-delay", "0"}).exit_code == 0);
    CHECK(simulator.rest("GET", "/Messages.json").at("messages.0.sid") == sid);
}

TEST_CASE("a finished message can be redacted and removed, one under way can't") {
    const RunningSimulator simulator(nowhere, {"--status-delay-ms", "1"});
    simulator.control("POST", "outcomes", R"({"to":"+15550000001","outcome":"sent"})");
    const auto stuck = simulator.send(RunningSimulator::message("Hello", "+15550000001")).at("sid");
    simulator.wait_for_status(stuck, "sent");
    CHECK(simulator.rest("DELETE", "/Messages/" + stuck + ".json").at("code") == "20009");
    CHECK(simulator.rest("POST", "/Messages/" + stuck + ".json", {{"Status", "canceled"}}).at("code") ==
          "30409");

    const auto sid = simulator.send(RunningSimulator::message()).at("sid");
    simulator.wait_for_status(sid, "delivered");
    const auto redacted = simulator.rest("POST", "/Messages/" + sid + ".json", {{"Body", ""}});
    CHECK(redacted.status == 200);
    CHECK(redacted.at("body").empty());
    CHECK(simulator.rest("POST", "/Messages/" + sid + ".json", {{"Body", "other words"}}).status == 400);
    const auto removed = simulator.rest("DELETE", "/Messages/" + sid + ".json");
    CHECK(removed.status == 204);
    CHECK(removed.body.empty());
    CHECK(simulator.rest("GET", "/Messages/" + sid + ".json").status == 404);
}

TEST_CASE("a state file carries messages and opt-outs over a restart") {
    const Receiver gateway(auth_token);
    const auto file =
        std::filesystem::temp_directory_path() / ("jackgw-simulator-" + std::to_string(getpid()));
    const std::vector<std::string> options{"--state-file", file.string(), "--status-delay-ms", "1"};
    std::string sid;
    {
        RunningSimulator simulator(gateway.url() + "/sms", options);
        sid = simulator.send(RunningSimulator::message("Hello", "+15550000001")).at("sid");
        simulator.wait_for_status(sid, "delivered");
        CHECK(simulator.command({"text", "--from", guest, "STOP"}).exit_code == 0);
        CHECK(simulator.stop() == 0);
    }
    const RunningSimulator simulator(gateway.url() + "/sms", options);
    std::filesystem::remove(file);
    CHECK(simulator.rest("GET", "/Messages/" + sid + ".json").at("status") == "delivered");
    CHECK(simulator.send(RunningSimulator::message()).at("code") == "21610");
}
