#include "plugins/self_test.h"

#include <jackgw/ext/self_test.h>

#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/call.h"

/// The check sink's target as the plugin sees it.
struct jackgw_check_target {
    std::vector<jackgw::Check> checks;
};

namespace jackgw::plugins {

namespace {

/// More than any channel has numbers: a plugin that never ends must not exhaust the memory.
constexpr std::size_t most_checks = 10'000;

CheckStatus check_status(std::int32_t status) {
    switch (status) {
        case JACKGW_CHECK_OK:
            return CheckStatus::ok;
        case JACKGW_CHECK_WARNING:
            return CheckStatus::warning;
        case JACKGW_CHECK_FAILED:
            return CheckStatus::failed;
        case JACKGW_CHECK_SKIPPED:
            return CheckStatus::skipped;
        default:
            return CheckStatus::failed;  // a result that this host doesn't know is none to rely on
    }
}

void put(jackgw_check_target* target, const jackgw_check* source) noexcept {
    try {
        if (source == nullptr ||
            !covers(source->struct_size, offsetof(jackgw_check, message) + sizeof(source->message)) ||
            target->checks.size() >= most_checks)
            return;
        target->checks.push_back({remark(source->name), remark(source->subject), check_status(source->status),
                                  remark(source->message)});
    } catch (...) {
        return;  // out of memory: the check is missing, and the call-back must not throw
    }
}

}  // namespace

std::optional<SelfTestReport> run_self_test(const Generation& generation,
                                            std::chrono::milliseconds deadline) {
    const auto* test =
        static_cast<const jackgw_self_test*>(generation.plugin_extension(JACKGW_EXT_SELF_TEST));
    if (test == nullptr || !covers(test->struct_size, offsetof(jackgw_self_test, run) + sizeof(test->run)) ||
        test->run == nullptr)
        return std::nullopt;
    jackgw_self_test_args args{};
    args.struct_size = sizeof(args);
    args.deadline_us = std::chrono::microseconds(deadline).count();
    jackgw_check_target target;
    const CallResult result =
        call_plugin(test->run, generation.instance(), static_cast<const jackgw_self_test_args*>(&args),
                    jackgw_check_sink{&target, &put});
    SelfTestReport report;
    report.checks = std::move(target.checks);
    if (!result.ok())
        report.error = result.error.empty() ? "the plugin gave no reason" : remark(to_c(result.error));
    return report;
}

}  // namespace jackgw::plugins
