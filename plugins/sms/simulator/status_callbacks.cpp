#include "status_callbacks.h"

#include <utility>

#include "dates.h"

namespace jackgw::sms::simulator {

namespace {

// Each waits for one answer at a time: enough that a few slow answers don't hold up everybody's callbacks.
constexpr int thread_count = 16;

std::chrono::milliseconds retry_pause(unsigned retries) {
    return std::chrono::milliseconds{250} * (1U << retries);
}

bool fails(Status status) {
    return status == Status::failed || status == Status::undelivered;
}

}  // namespace

StatusCallbacks::StatusCallbacks(Account& account, const WebhookClient& client, Traffic& traffic,
                                 const Clock& clock, std::string account_sid, CallbackOptions options,
                                 std::uint64_t seed)
    : account_(account),
      client_(client),
      traffic_(traffic),
      clock_(clock),
      account_sid_(std::move(account_sid)),
      options_(options),
      random_(seed) {
    for (int i = 0; i < thread_count; ++i) threads_.emplace_back([this] { work(); });
}

StatusCallbacks::~StatusCallbacks() {
    stop();
}

void StatusCallbacks::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        due_.clear();
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void StatusCallbacks::set_outcome(const std::string& recipient, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_[recipient] = outcome;
}

void StatusCallbacks::begin(const Message& message, const std::string& sender,
                            std::optional<Status> reached) {
    std::unique_lock lock(mutex_);
    const auto known = outcomes_.find(message.to);
    const Outcome outcome = known == outcomes_.end() ? Outcome{} : known->second;
    Journey journey{.sid = message.sid,
                    .sender = sender,
                    .steps = plan_delivery(outcome, options_, reached, random_),
                    .error_code = outcome.error_code};
    lock.unlock();
    schedule(message.send_at.value_or(clock_.now() + options_.delay), std::move(journey));
}

void StatusCallbacks::tell_canceled(const Message& message) {
    schedule(
        clock_.now() + options_.delay,
        {.sid = message.sid, .sender = {}, .steps = {{std::nullopt, Status::canceled}}, .error_code = {}});
}

void StatusCallbacks::schedule(Time due, Journey journey) {
    if (journey.next == journey.steps.size()) return;
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    due_.emplace(due, std::move(journey));
    changed_.notify_one();
}

void StatusCallbacks::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (due_.empty()) {
            changed_.wait(lock);
            continue;
        }
        const auto first = due_.begin();
        if (const auto now = clock_.now(); first->first > now) {
            changed_.wait_for(lock, first->first - now);
            continue;
        }
        Journey journey = std::move(first->second);
        due_.erase(first);
        lock.unlock();
        if (const auto pause = step(journey)) schedule(clock_.now() + *pause, std::move(journey));
        lock.lock();
    }
}

std::optional<std::chrono::milliseconds> StatusCallbacks::step(Journey& journey) {
    const DeliveryStep& step = journey.steps[journey.next];
    std::optional<Message> message;
    if (step.advance_to && journey.retries == 0) {
        message =
            account_.advance(journey.sid, *step.advance_to,
                             fails(*step.advance_to) ? journey.error_code : std::nullopt, journey.sender);
    } else {
        message = account_.find(journey.sid);
    }
    // Deleted, or canceled before its hour: nobody is told of the rest.
    if (!message || (message->status == Status::canceled && step.told != Status::canceled))
        return std::nullopt;
    if (!message->status_callback.empty() && !tell(journey, *message, step.told)) {
        return retry_pause(journey.retries++);
    }
    journey.retries = 0;
    ++journey.next;
    return options_.delay;
}

bool StatusCallbacks::tell(const Journey& journey, const Message& message, Status told) {
    const auto url = parse_target_url(message.status_callback);
    if (!url) return true;
    const std::string word(to_word(told));
    Parameters form{{"ApiVersion", "2010-04-01"}, {"SmsSid", message.sid},     {"SmsStatus", word},
                    {"MessageStatus", word},      {"MessageSid", message.sid}, {"AccountSid", account_sid_},
                    {"From", message.from},       {"To", message.to}};
    if (!message.messaging_service_sid.empty()) {
        form.push_back({"MessagingServiceSid", message.messaging_service_sid});
    }
    if (fails(told) && journey.error_code) form.push_back({"ErrorCode", std::to_string(*journey.error_code)});
    if (told == Status::delivered || told == Status::undelivered) {
        form.push_back({"RawDlrDoneDate", to_receipt_date(message.updated)});
    }
    const WebhookAnswer answer = client_.post(*url, form, uuid_from(tokens_.next("")));
    traffic_.record_callback({.sid = message.sid,
                              .told = word,
                              .url = message.status_callback,
                              .attempt = journey.retries + 1,
                              .answer_status = answer.status,
                              .error = answer.error});
    return !should_retry(*url, answer, journey.retries);
}

}  // namespace jackgw::sms::simulator
