#include "sms/simulator/delivery_plan.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace jackgw::sms::simulator;

namespace {

std::vector<Status> told(const std::vector<DeliveryStep>& steps) {
    std::vector<Status> words;
    for (const auto& step : steps) words.push_back(step.told);
    return words;
}

std::vector<DeliveryStep> plan(const Outcome& outcome, CallbackOptions options, std::uint64_t seed = 1,
                               std::optional<Status> reached = std::nullopt) {
    std::mt19937_64 random(seed);
    return plan_delivery(outcome, options, reached, random);
}

}  // namespace

TEST_CASE("a message goes its way word by word") {
    using enum Status;
    CHECK(told(plan({delivered, {}}, {})) == std::vector{queued, sent, delivered});
    CHECK(told(plan({read, {}}, {})) == std::vector{queued, sent, delivered, read});
    CHECK(told(plan({sent, {}}, {})) == std::vector{queued, sent});
    CHECK(told(plan({failed, 30006}, {})) == std::vector{queued, failed});
    CHECK(told(plan({undelivered, 30003}, {})) == std::vector{queued, sent, undelivered});
    for (const auto& step : plan({delivered, {}}, {})) CHECK(step.advance_to == step.told);
}

TEST_CASE("a repeated callback moves the message once") {
    using enum Status;
    const auto steps = plan({delivered, {}}, {.times = 2});
    CHECK(told(steps) == std::vector{queued, queued, sent, sent, delivered, delivered});
    CHECK(std::ranges::count_if(steps, [](const auto& step) { return step.advance_to.has_value(); }) == 3);
}

TEST_CASE("a message of an earlier run goes on from where it was") {
    using enum Status;
    CHECK(told(plan({delivered, {}}, {}, 1, sent)) == std::vector{delivered});
    CHECK(told(plan({delivered, {}}, {}, 1, accepted)) == std::vector{queued, sent, delivered});
    CHECK(plan({sent, {}}, {}, 1, sent).empty());
}

TEST_CASE("shuffling keeps all callbacks, differs between seeds, and a seed repeats it") {
    using enum Status;
    const CallbackOptions shuffled{.order = CallbackOrder::shuffled, .times = 2};
    const std::vector sorted{queued, queued, sent, sent, delivered, delivered};
    unsigned out_of_order = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        INFO("seed " << seed);
        const auto steps = plan({delivered, {}}, shuffled, seed);
        CHECK(plan({delivered, {}}, shuffled, seed) == steps);
        CHECK(steps.front().advance_to == delivered);
        auto words = told(steps);
        if (words != sorted) ++out_of_order;
        std::ranges::sort(words);
        CHECK(words == sorted);
    }
    CHECK(out_of_order >= 15);
}

TEST_CASE("outcomes are read from words") {
    using enum Status;
    CHECK(parse_outcome("delivered") == Outcome{delivered, {}});
    CHECK(parse_outcome("undelivered:30003") == Outcome{undelivered, 30003});
    CHECK(parse_outcome("failed") == Outcome{failed, 30008});
    for (const char* bad : {"", "lost", "queued", "delivered:30003", "failed:", "failed:x", "failed:-1"}) {
        INFO(bad);
        CHECK_FALSE(parse_outcome(bad));
    }
}
