#include "sms/faults.h"

#include <utility>

namespace jackgw::sms {

void Faults::note(std::string_view sender, std::string text) {
    const std::lock_guard lock(mutex_);
    by_sender_.insert_or_assign(std::string(sender), std::move(text));
}

void Faults::clear(std::string_view sender) {
    const std::lock_guard lock(mutex_);
    const auto known = by_sender_.find(sender);
    if (known != by_sender_.end()) by_sender_.erase(known);
}

std::string Faults::text() const {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const auto& [sender, text] : by_sender_) all += (all.empty() ? "" : "; ") + text;
    return all;
}

}  // namespace jackgw::sms
