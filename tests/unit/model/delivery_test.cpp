#include "model/delivery.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <vector>

using namespace jackgw;
using State = DeliveryState;

namespace {

Delivery at(State state, bool ours = false) {
    Delivery delivery;
    delivery.state = state;
    delivery.concluded_by_us = ours;
    return delivery;
}

DeliveryReport report(State state) {
    DeliveryReport report;
    report.state = state;
    report.provider_status = to_string(state);
    return report;
}

DeliveryReport failure(std::string code) {
    DeliveryReport result = report(State::failed);
    result.error_code = std::move(code);
    result.provider_error_code = 30003;
    result.error_message = "unreachable";
    result.retryable = true;
    return result;
}

}  // namespace

TEST_CASE("A report moves a message forward only") {
    const auto [current, reported, expected] = GENERATE(table<State, State, State>({
        {State::pending, State::pending, State::pending},
        {State::pending, State::sending, State::sending},
        {State::pending, State::delivered, State::delivered},
        {State::sending, State::pending, State::sending},
        {State::sent, State::sending, State::sent},
        {State::sent, State::failed, State::failed},
        {State::delivered, State::sent, State::delivered},
        {State::delivered, State::failed, State::delivered},
        {State::failed, State::delivered, State::delivered},
        {State::failed, State::sent, State::failed},
        {State::failed, State::canceled, State::failed},
        {State::canceled, State::delivered, State::canceled},
        {State::canceled, State::failed, State::canceled},
        {State::delivered, State::canceled, State::delivered},
        {State::canceled, State::sent, State::canceled},
        {State::delivered, State::read, State::read},
        {State::sent, State::read, State::read},
        {State::failed, State::read, State::read},
        {State::read, State::failed, State::read},
        {State::canceled, State::read, State::canceled},
        {State::read, State::delivered, State::read},
        {State::received, State::failed, State::received},
    }));
    CAPTURE(to_string(current), to_string(reported));
    CHECK(apply_report(at(current), report(reported)).state == expected);
}

TEST_CASE("What we concluded ourselves yields to the provider's word") {
    const auto reported = GENERATE(State::pending, State::sent, State::delivered, State::failed);
    CHECK(apply_report(at(State::unknown, true), report(reported)).state == reported);

    Delivery expired = at(State::failed, true);
    expired.error_code = "EXPIRED";
    const Delivery next = apply_report(expired, report(reported));
    CHECK(next.state == reported);
    CHECK_FALSE(next.concluded_by_us);
    CHECK(next.error_code.empty());
}

TEST_CASE("An error code is never erased, nor taken from a report that comes too late") {
    const Delivery failed = apply_report(at(State::sent), failure("UNREACHABLE"));
    CHECK(failed.error_code == "UNREACHABLE");
    CHECK(failed.provider_error_code == 30003);
    CHECK(failed.retryable);
    CHECK(apply_report(failed, report(State::failed)) == failed);
    CHECK(apply_report(failed, report(State::sent)) == failed);
    CHECK(apply_report(failed, failure("BLOCKED")).error_code == "UNREACHABLE");
    CHECK(apply_report(at(State::delivered), failure("UNREACHABLE")).error_code.empty());
}

TEST_CASE("What reached the guest has no error, whatever was reported before or comes after") {
    const State arrived = GENERATE(State::delivered, State::read);
    Delivery expected = at(arrived);
    expected.provider_status = to_string(arrived);
    const Delivery failed = apply_report(at(State::sent), failure("UNREACHABLE"));
    const Delivery next = apply_report(failed, report(arrived));
    CHECK(next == expected);
    CHECK(apply_report(next, failure("UNREACHABLE")) == expected);
}

TEST_CASE("An error that follows the bare word is taken") {
    const Delivery failed = apply_report(at(State::failed), failure("UNREACHABLE"));
    CHECK(failed.error_code == "UNREACHABLE");
}

TEST_CASE("A word without a counterpart changes no state") {
    DeliveryReport odd;
    odd.provider_status = "partially_delivered";
    CHECK(apply_report(at(State::sent), odd).state == State::sent);
    CHECK(apply_report(at(State::sent), odd).provider_status == "partially_delivered");
}

TEST_CASE("Reports in any order, repeated or not, end in the same state") {
    std::array states{State::pending, State::sending, State::sent, State::delivered};
    std::ranges::sort(states);
    do {
        Delivery delivery = at(State::pending);
        for (const State state : states) {
            delivery = apply_report(delivery, report(state));
            delivery = apply_report(delivery, report(state));
        }
        CHECK(delivery.state == State::delivered);
    } while (std::ranges::next_permutation(states).found);
}
