#include "store/readers.h"

namespace jackgw::store {

std::string_view to_string(WaitingFor what) {
    switch (what) {
        case WaitingFor::schedule:
            return "schedule";
        case WaitingFor::quiet_hours:
            return "quiet_hours";
        case WaitingFor::resend_delay:
            return "resend_delay";
        case WaitingFor::retry:
            return "retry";
        case WaitingFor::settling:
            return "settling";
        case WaitingFor::provider:
            return "provider";
        case WaitingFor::earlier_message:
            return "earlier_message";
        case WaitingFor::paused:
            return "paused";
        case WaitingFor::held:
            return "held";
        case WaitingFor::rate:
            break;
    }
    return "rate";
}

}  // namespace jackgw::store
