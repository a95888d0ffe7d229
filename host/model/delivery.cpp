#include "model/delivery.h"

namespace jackgw {

namespace {

/// How far a state is on its way. Final states share a rank: none of them follows another, but read follows
/// delivered.
int rank(DeliveryState state) {
    switch (state) {
        case DeliveryState::unknown:
            return 0;
        case DeliveryState::pending:
            return 1;
        case DeliveryState::sending:
            return 2;
        case DeliveryState::sent:
            return 3;
        case DeliveryState::delivered:
        case DeliveryState::failed:
        case DeliveryState::canceled:
            return 4;
        case DeliveryState::read:
            return 5;
        case DeliveryState::received:
            return 6;
    }
    return 6;
}

bool arrived(DeliveryState state) {
    return state == DeliveryState::delivered || state == DeliveryState::read;
}

bool may_follow(const Delivery& current, DeliveryState next) {
    if (current.state == DeliveryState::received || next == DeliveryState::received) return false;
    if (arrived(next) && current.state == DeliveryState::failed) return true;
    if (next == DeliveryState::read)
        return current.state == DeliveryState::delivered || !is_final(current.state) ||
               current.concluded_by_us;
    if (current.concluded_by_us) return next != DeliveryState::unknown;
    return rank(next) > rank(current.state);
}

}  // namespace

bool is_final(DeliveryState state) {
    return rank(state) >= 4;
}

Delivery apply_report(const Delivery& current, const DeliveryReport& report) {
    Delivery next = current;
    if (!report.state) {
        if (next.provider_status.empty()) next.provider_status = report.provider_status;
        return next;
    }
    if (may_follow(current, *report.state)) {
        // What we concluded ourselves, or the provider thought, falls with the reason that was given for it.
        const bool withdrawn = current.concluded_by_us || current.state == DeliveryState::failed;
        next.state = *report.state;
        next.concluded_by_us = false;
        next.provider_status = report.provider_status;
        if (withdrawn) {
            next.error_code.clear();
            next.provider_error_code = 0;
            next.error_message.clear();
            next.retryable = false;
        }
    } else if (current.state != *report.state) {
        return next;  // late: the error that it may carry belongs to a state that is left behind
    }
    if (next.error_code.empty() && !report.error_code.empty()) {
        next.error_code = report.error_code;
        next.provider_error_code = report.provider_error_code;
        next.error_message = report.error_message;
        next.retryable = report.retryable;
    }
    return next;
}

}  // namespace jackgw
