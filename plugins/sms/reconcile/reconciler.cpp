#include "sms/reconcile/reconciler.h"

#include <utility>

#include "sms/phone.h"
#include "sms/reconcile/doubtful_attempt.h"

namespace jackgw::sms {

namespace {

plugin::Reconciled absent() {
    plugin::Reconciled answer;
    answer.kind = JACKGW_RECONCILED_ABSENT;
    return answer;
}

/// That lists begin with the latest is what they do, and no promise: what isn't sent yet might stand last. Up
/// to here a recipient's list is read to its end all the same, which is where nearly all of them end.
constexpr int pages_in_any_order = 5;

/// True if the page's end is past that time; an empty one tells nothing.
bool ends_past(const std::vector<ListedMessage>& messages, std::int64_t time) {
    return !messages.empty() && is_past(messages.back(), time);
}

}  // namespace

Reconciler::Reconciler(Options options, const plugin::HttpClient& client, const plugin::Reconcile& host,
                       MessageSearch::Elapsed elapsed)
    : options_(std::move(options)), client_(client), host_(host), elapsed_(std::move(elapsed)) {}

plugin::Reconciled Reconciler::run(const jackgw_doubtful_attempt& raw) const {
    const DoubtfulAttempt attempt = read_attempt(raw);
    const Window window = window_of(attempt);
    MessageSearch search(client_, options_.account_of(attempt.from), elapsed_);
    Evidence evidence(attempt, [&](const std::string& sid) { return host_.owner(sid).has_value(); });

    // By recipient alone: what is unset while a message is queued (DateSent, and From with a service) would
    // hide it.
    int pages = 0;
    search.run({{"To", attempt.to}}, [&](const std::vector<ListedMessage>& messages) {
        evidence.add(messages);
        return ++pages < pages_in_any_order || !ends_past(messages, oldest_wanted(attempt));
    });
    if (auto verdict = evidence.verdict()) return *std::move(verdict);

    // The list shows none: is it up to date? It is where it shows a message of ours that was begun when this
    // attempt was over. A service may have sent by another channel, to "rcs:" and the number, which the
    // filter hides: there the list of all is read as far back as the attempt.
    const bool by_service = is_messaging_service_sid(attempt.from);
    const std::int64_t later =
        attempt.ended_at - (attempt.started_at - window.begin);  // less the clocks' skew
    bool up_to_date = false;
    search.run({}, [&](const std::vector<ListedMessage>& messages) {
        evidence.add(messages);
        for (const ListedMessage& message : messages) {
            if (up_to_date || message.is_inbound() || message.created < later) continue;
            const auto started_at = host_.owner(message.sid);
            up_to_date = started_at && *started_at > attempt.ended_at;
        }
        if (by_service) return !ends_past(messages, window.begin);
        return !up_to_date && !ends_past(messages, later);
    });
    if (auto verdict = evidence.verdict()) return *std::move(verdict);
    if (!up_to_date) return plugin::cant_tell("Twilio lists no later message of ours yet");
    return absent();
}

}  // namespace jackgw::sms
