#include "delivery_plan.h"

#include <algorithm>
#include <charconv>

namespace jackgw::sms::simulator {

namespace {

std::vector<Status> words_until(Status last) {
    switch (last) {
        case Status::failed:
            return {Status::queued, Status::failed};
        case Status::sent:
            return {Status::queued, Status::sent};
        case Status::read:
            return {Status::queued, Status::sent, Status::delivered, Status::read};
        case Status::canceled:
            return {Status::canceled};
        default:
            return {Status::queued, Status::sent, last};
    }
}

/// Fisher and Yates by hand: std::shuffle may differ between libraries, and a seed shall always mean the same
/// order.
void shuffle(std::vector<DeliveryStep>& steps, std::mt19937_64& random) {
    for (std::size_t left = steps.size(); left > 1; --left)
        std::swap(steps[left - 1], steps[random() % left]);
}

}  // namespace

std::optional<Outcome> parse_outcome(std::string_view text) {
    const auto colon = text.find(':');
    const auto status = parse_status(text.substr(0, colon));
    if (!status) return std::nullopt;
    const bool fails = *status == Status::failed || *status == Status::undelivered;
    if (!fails && *status != Status::delivered && *status != Status::sent && *status != Status::read) {
        return std::nullopt;
    }
    Outcome outcome{*status, std::nullopt};
    if (colon == std::string_view::npos) {
        if (fails) outcome.error_code = 30008;
        return outcome;
    }
    const auto digits = text.substr(colon + 1);
    int code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
    if (!fails || error != std::errc{} || end != digits.data() + digits.size() || code <= 0)
        return std::nullopt;
    outcome.error_code = code;
    return outcome;
}

std::vector<DeliveryStep> plan_delivery(const Outcome& outcome, const CallbackOptions& options,
                                        std::optional<Status> reached, std::mt19937_64& random) {
    auto words = words_until(outcome.last);
    if (reached) {
        const auto told = std::ranges::find(words, *reached);
        if (told != words.end()) words.erase(words.begin(), told + 1);
    }
    std::vector<DeliveryStep> steps;
    for (const Status word : words) {
        for (unsigned copy = 0; copy < options.times; ++copy) {
            steps.push_back({copy == 0 ? std::optional(word) : std::nullopt, word});
        }
    }
    if (options.order == CallbackOrder::shuffled && !steps.empty()) {
        for (DeliveryStep& step : steps) step.advance_to.reset();
        shuffle(steps, random);
        steps.front().advance_to = outcome.last;
    }
    return steps;
}

}  // namespace jackgw::sms::simulator
