#include <catch2/catch.hpp>

#include "harness/running_simulator.h"

using namespace jackgw::test;
using Catch::Contains;

TEST_CASE("every command explains itself") {
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"--help"},
                                               {"serve", "--help"},
                                               {"text", "--help"},
                                               {"inbox", "--help"},
                                               {"fault", "--help"},
                                               {"outcome", "--help"},
                                               {"state", "--help"}}) {
        INFO(arguments.front());
        const auto help = run_twilio_sim(arguments);
        CHECK(help.exit_code == 0);
        CHECK_THAT(help.output, Contains("Usage"));
    }
}

TEST_CASE("wrong usage ends with 2 and says what is expected") {
    struct Row {
        std::vector<std::string> arguments;
        const char* says;
    };
    const auto row = GENERATE(values<Row>({
        {{}, "subcommand"},
        {{"sing"}, "subcommand"},
        {{"serve"}, "--account-sid"},
        {{"serve", "--account-sid", "AC1", "--auth-token", "t", "--sms-url", "http://h/"}, "32 hex digits"},
        {{"serve", "--account-sid", account_sid, "--auth-token", "t", "--sms-url", "h"}, "absolute http"},
        {{"serve", "--account-sid", account_sid, "--auth-token", "t", "--sms-url", "http://h/", "--number",
          "5"},
         "+15551234567"},
        {{"serve", "--account-sid", account_sid, "--auth-token", "t", "--sms-url", "http://h/", "--fault",
          "fire"},
         "fire"},
        {{"serve", "--account-sid", account_sid, "--auth-token", "t", "--sms-url", "http://h/", "--outcome",
          "x"},
         "NUMBER=OUTCOME"},
        {{"text", "Hello"}, "--from"},
        {{"inbox"}, "number"},
        {{"fault", "fire"}, "500-before"},
        {{"fault", "slow"}, "needs a value"},
    }));
    const auto result = run_twilio_sim(row.arguments);
    INFO(result.output);
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.output, Contains(row.says));
}

TEST_CASE("failures end with 1 and a sentence") {
    const auto nobody = run_twilio_sim({"state", "--url", "http://127.0.0.1:9"});
    CHECK(nobody.exit_code == 1);
    CHECK_THAT(nobody.output, Contains("no simulator answers at http://127.0.0.1:9"));

    const RunningSimulator simulator("http://127.0.0.1:9/sms");
    const auto unreachable = simulator.command({"text", "--from", guest, "Hello"});
    CHECK(unreachable.exit_code == 1);
    CHECK_THAT(unreachable.output, Contains("gave no answer") && Contains("refused"));
    const auto number = simulator.command({"text", "--from", "guest", "Hello"});
    CHECK(number.exit_code == 1);
    CHECK_THAT(number.output, Contains("from is no phone number"));
    const auto port = simulator.url().substr(simulator.url().rfind(':') + 1);
    const auto taken = run_twilio_sim({"serve", "--port", port, "--account-sid", account_sid, "--auth-token",
                                       auth_token, "--sms-url", "http://127.0.0.1:9/sms"});
    CHECK(taken.exit_code == 1);
    CHECK_THAT(taken.output, Contains("in use"));
}

TEST_CASE("SIGTERM ends it with 0") {
    RunningSimulator simulator("http://127.0.0.1:9/sms");
    CHECK(simulator.stop() == 0);
}
