#include "account.h"

namespace jackgw::sms::simulator {

Account::Account(const Clock& clock, Observer* observer) : clock_(clock), observer_(observer) {}

void Account::keep(Message message) {
    const auto number = next_++;
    by_sid_[message.sid] = number;
    messages_.emplace(number, std::move(message));
}

Message Account::add(Message message) {
    const std::lock_guard lock(mutex_);
    message.created = message.updated = clock_.now();
    keep(message);
    if (observer_ != nullptr) observer_->message_changed(message);
    return message;
}

void Account::restore(Message message) {
    const std::lock_guard lock(mutex_);
    keep(std::move(message));
}

void Account::restore_opt_out(const std::string& sender, const std::string& guest) {
    const std::lock_guard lock(mutex_);
    opt_outs_.emplace(sender, guest);
}

std::optional<Message> Account::find(const std::string& sid) const {
    const std::lock_guard lock(mutex_);
    const auto number = by_sid_.find(sid);
    if (number == by_sid_.end()) return std::nullopt;
    return messages_.at(number->second);
}

void Account::set_list_delay(std::chrono::milliseconds delay) {
    const std::lock_guard lock(mutex_);
    list_delay_ = delay;
}

MessagePage Account::list(const MessageFilter& filter) const {
    const std::lock_guard lock(mutex_);
    const Time youngest = clock_.now() - list_delay_;
    auto end = messages_.end();
    if (const auto after = by_sid_.find(filter.after_sid); after != by_sid_.end()) {
        end = messages_.find(after->second);
    }
    MessagePage page;
    for (auto it = std::make_reverse_iterator(end); it != messages_.rend(); ++it) {
        const Message& message = it->second;
        // DateSent is null while a message is queued, so that a filter by it hides the message.
        const bool by_time = (!filter.sent_from || (message.sent && *message.sent >= *filter.sent_from)) &&
                             (!filter.sent_before || (message.sent && *message.sent < *filter.sent_before));
        if (message.created > youngest || !by_time || (!filter.to.empty() && message.to != filter.to) ||
            (!filter.from.empty() && message.from != filter.from)) {
            continue;
        }
        if (page.messages.size() == filter.limit) {
            page.more = true;
            break;
        }
        page.messages.push_back(message);
    }
    return page;
}

std::vector<Message> Account::with(const std::string& number) const {
    const std::lock_guard lock(mutex_);
    std::vector<Message> found;
    for (const auto& [order, message] : messages_) {
        if (number.empty() || message.to == number || message.from == number) found.push_back(message);
    }
    return found;
}

std::optional<Message> Account::advance(const std::string& sid, Status status, std::optional<int> error_code,
                                        const std::string& from) {
    const std::lock_guard lock(mutex_);
    const auto number = by_sid_.find(sid);
    if (number == by_sid_.end()) return std::nullopt;
    Message& message = messages_.at(number->second);
    if (message.status == Status::canceled) return std::nullopt;
    message.status = status;
    message.error_code = error_code;
    message.updated = clock_.now();
    if (status == Status::sent && !message.sent) message.sent = message.updated;
    if (!from.empty()) message.from = from;
    if (observer_ != nullptr) observer_->message_changed(message);
    return message;
}

Account::Change Account::cancel(const std::string& sid) {
    const std::lock_guard lock(mutex_);
    const auto number = by_sid_.find(sid);
    if (number == by_sid_.end()) return Change::not_found;
    Message& message = messages_.at(number->second);
    if (message.status != Status::scheduled) return Change::refused;
    message.status = Status::canceled;
    message.updated = clock_.now();
    if (observer_ != nullptr) observer_->message_changed(message);
    return Change::done;
}

Account::Change Account::redact(const std::string& sid) {
    const std::lock_guard lock(mutex_);
    const auto number = by_sid_.find(sid);
    if (number == by_sid_.end()) return Change::not_found;
    Message& message = messages_.at(number->second);
    if (!is_final(message.status)) return Change::refused;
    message.body.clear();
    message.updated = clock_.now();
    if (observer_ != nullptr) observer_->message_changed(message);
    return Change::done;
}

Account::Change Account::remove(const std::string& sid) {
    const std::lock_guard lock(mutex_);
    const auto number = by_sid_.find(sid);
    if (number == by_sid_.end()) return Change::not_found;
    if (!is_final(messages_.at(number->second).status)) return Change::refused;
    messages_.erase(number->second);
    by_sid_.erase(number);
    if (observer_ != nullptr) observer_->message_removed(sid);
    return Change::done;
}

void Account::set_opt_out(const std::string& sender, const std::string& guest, bool opted_out) {
    const std::lock_guard lock(mutex_);
    const bool changed =
        opted_out ? opt_outs_.emplace(sender, guest).second : opt_outs_.erase({sender, guest}) != 0;
    if (changed && observer_ != nullptr) observer_->opt_out_changed(sender, guest, opted_out);
}

bool Account::is_opted_out(const std::string& sender, const std::string& guest) const {
    const std::lock_guard lock(mutex_);
    return opt_outs_.contains({sender, guest});
}

std::set<std::pair<std::string, std::string>> Account::opt_outs() const {
    const std::lock_guard lock(mutex_);
    return opt_outs_;
}

}  // namespace jackgw::sms::simulator
