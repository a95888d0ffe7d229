#include "fault_answers.h"

#include "dates.h"
#include "errors.h"
#include "shapes.h"

namespace jackgw::sms::simulator {

namespace {

HttpResponse refusal(const ApiError& error) {
    return {.status = error.http_status, .body = Shapes::error(error)};
}

HttpResponse stranger(const Fault& fault) {
    HttpResponse answer{.status = fault.value, .content_type = fault.content_type, .body = fault.body};
    if (fault.value >= 300 && fault.value < 400)
        answer.headers.emplace_back("Location", "https://portal.example/sign-in");
    return answer;
}

HttpResponse body_of(const Fault& fault, const std::string& to) {
    switch (fault.kind) {
        case FaultKind::too_many_requests:
            return refusal(api_error(20429));
        case FaultKind::error_before:
        case FaultKind::error_after:
            return refusal(api_error(20500));
        case FaultKind::error: {
            ApiError error = api_error(fault.value, to);
            if (fault.status != 0) error.http_status = fault.status;
            return refusal(error);
        }
        case FaultKind::foreign:
            return stranger(fault);
        default:
            return {.cut = true};
    }
}

void add_retry_after(HttpResponse& answer, const Fault& fault, Time now) {
    // The value of a 429 is the same by an older name.
    const unsigned value =
        fault.kind == FaultKind::too_many_requests ? static_cast<unsigned>(fault.value) : 0;
    const unsigned seconds = fault.retry_after > 0 ? fault.retry_after : value;
    if (seconds == 0) return;
    answer.headers.emplace_back("Retry-After", fault.retry_after_is_date
                                                   ? to_http_date(now + std::chrono::seconds{seconds})
                                                   : std::to_string(seconds));
}

}  // namespace

bool comes_after_accepting(FaultKind kind) {
    return kind == FaultKind::error_after || kind == FaultKind::hang_after || kind == FaultKind::cut_after ||
           kind == FaultKind::slow;
}

HttpResponse fault_answer(const Fault& fault, const std::string& to, Time now) {
    HttpResponse answer = body_of(fault, to);
    add_retry_after(answer, fault, now);
    return answer;
}

HttpResponse list_fault_answer(const Fault& fault, Time now) {
    HttpResponse answer;
    switch (fault.value) {
        case 401:
            answer = refusal(api_error(20003));
            break;
        case 404:
            answer = refusal(api_error(20404));
            break;
        case 429:
            answer = refusal(api_error(20429));
            break;
        case 500:
            answer = refusal(api_error(20500));
            break;
        case 503:
            answer = refusal(api_error(20503));
            break;
        default:
            answer = stranger(fault);
    }
    add_retry_after(answer, fault, now);
    return answer;
}

}  // namespace jackgw::sms::simulator
