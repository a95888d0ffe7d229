#include "sms/reconcile/doubtful_attempt.h"

#include <algorithm>
#include <utility>

#include "sms/answers/provider_errors.h"
#include "sms/phone.h"
#include "sms/text/smart_encoding.h"
#include "sms/webhooks/statuses.h"

namespace jackgw::sms {

namespace {

using plugin::view;

constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t day = 24 * 60 * minute;

// How far two clocks that are kept may be apart, in either direction.
constexpr std::int64_t clock_skew = 2 * minute;
// Twilio may still work on a request whose connection has gone: it gives itself seconds for that, not
// minutes. What is too long here costs nothing, since messages that others of our attempts own don't count.
constexpr std::int64_t late_work = 3 * minute;

/// A text as far as Twilio leaves it alone.
std::string canonical(std::string_view text) {
    std::string encoded = smart_encode(text).text;
    encoded.erase(encoded.find_last_not_of(" \t\r\n\f\v") + 1);
    return encoded;
}

/// Without the channel in front of it: "rcs:+15551234567" is the guest +15551234567 (Twilio's documentation
/// of RCS).
std::string_view bare(std::string_view address) {
    const std::size_t colon = address.find(':');
    return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

plugin::Reconciled taken(const ListedMessage& message) {
    plugin::Reconciled answer;
    answer.kind = JACKGW_RECONCILED_TAKEN;
    answer.provider_message_id = message.sid;
    answer.provider_status = message.status;
    answer.delivery = delivery_of(message.status);
    if (answer.delivery == JACKGW_DELIVERY_UNCHANGED) answer.delivery = JACKGW_DELIVERY_PENDING;
    answer.segments = message.segments;
    if (message.error_code != 0) {
        answer.provider_error_code = message.error_code;
        answer.error_code = provider_error(message.error_code).name;
        answer.error_message = describe_error(message.error_code, message.error_message);
        answer.flags = failure_flags(message.error_code);
    }
    return answer;
}

}  // namespace

DoubtfulAttempt read_attempt(const jackgw_doubtful_attempt& attempt) {
    return {std::string(view(attempt.from)),
            std::string(view(attempt.to)),
            std::string(view(attempt.content)),
            static_cast<std::int32_t>(attempt.media_urls.count),
            attempt.started_at,
            attempt.ended_at};
}

Window window_of(const DoubtfulAttempt& attempt) {
    return {attempt.started_at - clock_skew, attempt.ended_at + clock_skew + late_work};
}

std::int64_t oldest_wanted(const DoubtfulAttempt& attempt) {
    return window_of(attempt).begin - day;
}

bool is_past(const ListedMessage& last, std::int64_t time) {
    return std::max(last.created, last.sent.value_or(last.created)) < time;
}

bool could_be(const DoubtfulAttempt& attempt, const ListedMessage& message) {
    const std::string& sender = is_messaging_service_sid(attempt.from) ? message.service : message.from;
    return message.direction == "outbound-api" && sender == attempt.from && bare(message.to) == attempt.to &&
           message.media == attempt.media && canonical(message.body) == canonical(attempt.content);
}

Evidence::Evidence(DoubtfulAttempt attempt, IsOwned is_owned)
    : attempt_(std::move(attempt)), window_(window_of(attempt_)), is_owned_(std::move(is_owned)) {}

void Evidence::add(const std::vector<ListedMessage>& messages) {
    for (const ListedMessage& message : messages) {
        if (message.is_inbound() || bare(message.to) != attempt_.to) continue;
        const bool fits = could_be(attempt_, message);
        const bool in_time = message.created >= window_.begin && message.created <= window_.end;
        if ((!fits && !in_time) || !seen_.insert(message.sid).second || is_owned_(message.sid)) continue;
        if (!in_time) {
            lookalikes_.push_back(message.sid);
        } else if (fits) {
            candidates_.push_back(message);
        } else {
            strangers_.push_back(message.sid);
        }
    }
}

std::optional<plugin::Reconciled> Evidence::verdict() const {
    if (candidates_.size() > 1) {
        return plugin::cant_tell("Twilio lists " + std::to_string(candidates_.size()) +
                                 " messages that could be this one, " + candidates_[0].sid + " and " +
                                 candidates_[1].sid + " among them");
    }
    // Before what looks different: that may be another attempt's in doubt, which this one would wait for, and
    // that one for this.
    if (!candidates_.empty()) return taken(candidates_.front());
    if (!strangers_.empty()) {
        return plugin::cant_tell(
            "Twilio lists " + strangers_.front() +
            " of that time to this recipient, which is nobody's here and differs in sender, "
            "text or media");
    }
    if (!lookalikes_.empty()) {
        return plugin::cant_tell(
            "Twilio lists " + lookalikes_.front() +
            " with the same text, but of another time: compare the gateway's clock with Twilio's");
    }
    return std::nullopt;
}

}  // namespace jackgw::sms
