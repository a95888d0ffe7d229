#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "harness/receiver.h"
#include "harness/running_simulator.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

std::vector<std::string> words(const std::vector<Received>& received) {
    std::vector<std::string> found;
    for (const auto& item : received) found.push_back(item["MessageStatus"]);
    return found;
}

sms::Parameters message_with_callback(const Receiver& gateway, const std::string& to = guest) {
    auto form = RunningSimulator::message("Hello", to);
    form.push_back({"StatusCallback", gateway.url() + "/status?attempt=a%20b&z='1'"});
    return form;
}

}  // namespace

TEST_CASE("status callbacks come signed and in order") {
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms", {"--status-delay-ms", "1"});
    const auto sid = simulator.send(message_with_callback(gateway)).at("sid");
    const auto received = gateway.wait_for(3);
    CHECK(words(received) == std::vector<std::string>{"queued", "sent", "delivered"});
    for (const auto& callback : received) {
        CHECK(callback.signature_holds);
        CHECK(callback.target == "/status?attempt=a%20b&z='1'");
        CHECK(callback["MessageSid"] == sid);
        CHECK(callback["SmsSid"] == sid);
        CHECK(callback["SmsStatus"] == callback["MessageStatus"]);
        CHECK(callback["AccountSid"] == account_sid);
        CHECK(callback["From"] == our_number);
        CHECK(callback["To"] == guest);
        CHECK_FALSE(sms::find(callback.form, "ErrorCode"));
        CHECK(callback["RawDlrDoneDate"].size() == (callback["MessageStatus"] == "delivered" ? 10 : 0));
    }
}

TEST_CASE("recipients can be made to fail") {
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(
        gateway.url() + "/sms", {"--status-delay-ms", "1", "--outcome", "+15550000001=undelivered:30003"});
    simulator.send(message_with_callback(gateway, "+15550000001"));
    auto received = gateway.wait_for(3);
    CHECK(words(received) == std::vector<std::string>{"queued", "sent", "undelivered"});
    CHECK(received.back()["ErrorCode"] == "30003");

    CHECK(simulator.command({"outcome", "+15550000002", "failed:30006"}).exit_code == 0);
    const auto sid = simulator.send(message_with_callback(gateway, "+15550000002")).at("sid");
    received = gateway.wait_for(5);
    CHECK(received.back()["MessageStatus"] == "failed");
    CHECK(received.back()["ErrorCode"] == "30006");
    const auto message = simulator.wait_for_status(sid, "failed");
    CHECK(message.at("error_code") == "30006");
    CHECK(message.at("error_message") == "Landline or unreachable carrier");
}

TEST_CASE("shuffled and repeated callbacks are all there, in the seed's order") {
    const std::vector<std::string> options{"--status-order", "shuffled", "--status-repeat",   "2",
                                           "--seed",         "42",       "--status-delay-ms", "1"};
    std::vector<std::string> first;
    for (int run = 0; run < 2; ++run) {
        const Receiver gateway(auth_token);
        const RunningSimulator simulator(gateway.url() + "/sms", options);
        simulator.send(message_with_callback(gateway));
        auto told = words(gateway.wait_for(6));
        if (run == 0) first = told;
        CHECK(told == first);
        std::ranges::sort(told);
        CHECK(told == std::vector<std::string>{"delivered", "delivered", "queued", "queued", "sent", "sent"});
    }
}

TEST_CASE("a callback whose connection fails is repeated, one that is answered isn't") {
    Receiver gateway(auth_token);
    gateway.answer_with([](const Received&) { return ReceiverAnswer{.status = 503}; });
    const RunningSimulator simulator(gateway.url() + "/sms", {"--status-delay-ms", "1"});
    auto form = RunningSimulator::message("Hello", "+15550000001");
    form.push_back({"StatusCallback", "http://127.0.0.1:9/status"});
    simulator.send(form);
    simulator.send(message_with_callback(gateway));
    CHECK(words(gateway.wait_for(3)) == std::vector<std::string>{"queued", "sent", "delivered"});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    HttpReply state;
    do {  // what is counted is counted after the answer
        state = simulator.control("GET", "state");
    } while ((state.at("callbackAnswers.0") == "(absent)" || state.at("callbackAnswers.0") == "1" ||
              state.at("callbackAnswers.503") != "3") &&
             std::chrono::steady_clock::now() < deadline);
    CHECK(std::stoi(state.at("callbackAnswers.0")) >= 2);
    CHECK(state.at("callbackAnswers.503") == "3");
}

TEST_CASE("a scheduled message waits for its hour and can be canceled") {
    const std::string service = "MG0123456789abcdef0123456789abcdef";
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms",
                                     {"--status-delay-ms", "1", "--messaging-service", service});
    const auto time =
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + std::chrono::hours{1});
    std::tm parts{};
    gmtime_r(&time, &parts);
    char send_at[32];
    std::strftime(send_at, sizeof send_at, "%Y-%m-%dT%H:%M:%SZ", &parts);
    auto form = message_with_callback(gateway);
    form.insert(form.end(),
                {{"MessagingServiceSid", service}, {"ScheduleType", "fixed"}, {"SendAt", send_at}});
    const auto reply = simulator.send(form);
    CHECK(reply.at("status") == "scheduled");
    const auto canceled =
        simulator.rest("POST", "/Messages/" + reply.at("sid") + ".json", {{"Status", "canceled"}});
    CHECK(canceled.at("status") == "canceled");
    const auto received = gateway.wait_for(1);
    CHECK(words(received) == std::vector<std::string>{"canceled"});
    CHECK(received.front().signature_holds);
}
