#include "traffic.h"

namespace jackgw::sms::simulator {

void Traffic::count_create_request() {
    const std::lock_guard lock(mutex_);
    ++counts_.create_requests;
}

void Traffic::count_accepted() {
    const std::lock_guard lock(mutex_);
    ++counts_.accepted;
}

void Traffic::count_refused(int code) {
    const std::lock_guard lock(mutex_);
    ++counts_.refused[code];
}

void Traffic::count_faulted(std::string_view kind) {
    const std::lock_guard lock(mutex_);
    ++counts_.faulted[std::string(kind)];
}

void Traffic::record_callback(WebhookRecord record) {
    const std::lock_guard lock(mutex_);
    ++counts_.callbacks_sent;
    ++counts_.callback_answers[record.answer_status];
    keep(callbacks_, std::move(record));
}

void Traffic::record_text(WebhookRecord record) {
    const std::lock_guard lock(mutex_);
    ++counts_.texts_sent;
    ++counts_.text_answers[record.answer_status];
    keep(texts_, std::move(record));
}

TrafficCounts Traffic::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

std::deque<WebhookRecord> Traffic::callbacks() const {
    const std::lock_guard lock(mutex_);
    return callbacks_;
}

std::deque<WebhookRecord> Traffic::texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
}

void Traffic::keep(std::deque<WebhookRecord>& records, WebhookRecord record) {
    records.push_back(std::move(record));
    if (records.size() > max_records) records.pop_front();
}

}  // namespace jackgw::sms::simulator
