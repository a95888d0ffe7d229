#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "harness/running_simulator.h"

using namespace jackgw::test;

namespace {

const std::string nowhere = "http://127.0.0.1:9/sms";

}  // namespace

TEST_CASE("each fault does what its name says, and only to as many requests as asked for") {
    struct Row {
        std::vector<std::string> command;
        int status;
        const char* code;
        bool accepted;
    };
    const auto row = GENERATE(values<Row>({
        {{"429"}, 429, "20429", false},
        {{"500-before"}, 500, "20500", false},
        {{"500-after"}, 500, "20500", true},
        {{"cut-before"}, 0, "", false},
        {{"cut-after"}, 0, "", true},
        {{"hang", "1"}, 0, "", false},
        {{"hang-after", "1"}, 0, "", true},
        {{"slow", "20"}, 201, "", true},
        {{"error", "21610"}, 400, "21610", false},
        {{"error", "30002"}, 400, "30002", false},
        {{"error", "20403", "--status", "403"}, 403, "20403", false},
        {{"foreign", "403"}, 403, "", false},
        {{"foreign", "200"}, 200, "", false},
    }));
    INFO(row.command.front());
    const RunningSimulator simulator(nowhere);
    auto command = row.command;
    command.insert(command.begin(), "fault");
    REQUIRE(simulator.command(command).exit_code == 0);
    const auto reply = simulator.send(RunningSimulator::message());
    CHECK(reply.status == row.status);
    if (*row.code != '\0') CHECK(reply.at("code") == row.code);
    auto state = simulator.control("GET", "state");
    CHECK(state.at("createRequests") == "1");
    CHECK(state.at("accepted") == (row.accepted ? "1" : "0"));
    CHECK(state.at("faulted." + row.command.front()) == "1");
    CHECK(simulator.send(RunningSimulator::message()).status == 201);
}

TEST_CASE("429 tells when to come back, if asked to") {
    const RunningSimulator simulator(nowhere, {"--fault", "429:7", "--fault", "429"});
    CHECK(simulator.send(RunningSimulator::message()).headers.at("Retry-After") == "7");
    CHECK_FALSE(simulator.send(RunningSimulator::message()).headers.contains("Retry-After"));
    CHECK(simulator.command({"fault", "429", "--retry-after", "9"}).exit_code == 0);
    CHECK(simulator.send(RunningSimulator::message()).headers.at("Retry-After") == "9");
}

TEST_CASE("a fault can be for one recipient, for many requests, and be cleared") {
    const RunningSimulator simulator(nowhere);
    CHECK(simulator.command({"fault", "500-before", "--to", "+15550000001", "--count", "0"}).exit_code == 0);
    for (int i = 0; i < 3; ++i) {
        CHECK(simulator.send(RunningSimulator::message("Hello", "+15550000001")).status == 500);
        CHECK(simulator.send(RunningSimulator::message()).status == 201);
    }
    CHECK(simulator.command({"fault", "clear"}).exit_code == 0);
    CHECK(simulator.send(RunningSimulator::message("Hello", "+15550000001")).status == 201);
}

TEST_CASE("a hanging request keeps nobody from ending the simulator") {
    RunningSimulator simulator(nowhere, {"--fault", "hang:3600"});
    HttpReply reply{.status = -1};
    std::thread sender([&] { reply = simulator.send(RunningSimulator::message()); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (simulator.control("GET", "state").at("faulted.hang") != "1" &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    CHECK(simulator.stop() == 0);
    sender.join();
    CHECK(reply.status == 0);
}

TEST_CASE("a stranger answers with its own status, type and body") {
    const RunningSimulator simulator(nowhere);
    CHECK(simulator.command({"fault", "foreign", "302", "--type", "text/plain", "--body", "Sign in"})
              .exit_code == 0);
    const auto reply = simulator.send(RunningSimulator::message());
    CHECK(reply.status == 302);
    CHECK(reply.headers.at("Content-Type") == "text/plain");
    CHECK(reply.headers.contains("Location"));
    CHECK(reply.body == "Sign in");
}

TEST_CASE("a fault can last for a time, with a date to come back at") {
    const RunningSimulator simulator(nowhere);
    CHECK(simulator.command({"fault", "429", "--for", "3600", "--retry-after", "60", "--retry-after-date"})
              .exit_code == 0);
    for (int i = 0; i < 3; ++i) {
        const auto reply = simulator.send(RunningSimulator::message());
        CHECK(reply.status == 429);
        CHECK_THAT(reply.headers.at("Retry-After"), Catch::EndsWith(" GMT"));
    }
    CHECK(simulator.command({"fault", "clear"}).exit_code == 0);
    CHECK(simulator.send(RunningSimulator::message()).status == 201);
}

TEST_CASE("the list of messages can fail by itself") {
    const RunningSimulator simulator(nowhere);
    CHECK(simulator.command({"fault", "list-error", "503"}).exit_code == 0);
    CHECK(simulator.send(RunningSimulator::message()).status == 201);
    CHECK(simulator.rest("GET", "/Messages.json").at("code") == "20503");
    CHECK(simulator.rest("GET", "/Messages.json").status == 200);
}

TEST_CASE("while it is away connections are refused, then it is back at the same port with all it had") {
    const RunningSimulator simulator(nowhere, {"--list-delay-ms", "0"});
    const std::string sid = simulator.send(RunningSimulator::message()).at("sid");
    CHECK(simulator.command({"away", "1"}).exit_code == 0);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    const auto is_there = [&] {
        try {
            return simulator.rest("GET", "/Messages.json").status == 200;
        } catch (const std::exception&) {
            return false;  // refused
        }
    };
    const auto wait_until = [&](bool there) {
        while (is_there() != there && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
        return is_there() == there;
    };
    CHECK(wait_until(false));
    CHECK(wait_until(true));
    CHECK(simulator.rest("GET", "/Messages.json").at("messages.0.sid") == sid);
}

TEST_CASE("the simulator ends while it is away, and while it holds a request when it goes") {
    RunningSimulator simulator(nowhere, {"--fault", "hang:3600"});
    HttpReply reply{.status = -1};
    std::thread sender([&] { reply = simulator.send(RunningSimulator::message()); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (simulator.control("GET", "state").at("faulted.hang") != "1" &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    CHECK(simulator.control("POST", "absence", R"({"seconds":3600})").status == 200);
    sender.join();
    CHECK(reply.status == 0);
    CHECK(simulator.stop() == 0);
}
