#include "sms/answers/faults.h"

#include <utility>

namespace jackgw::sms {

void Faults::note(FaultScope scope, std::string_view whose, std::string text) {
    const std::lock_guard lock(mutex_);
    faults_.insert_or_assign({scope, std::string(whose)}, std::move(text));
}

void Faults::clear(FaultScope scope, std::string_view whose) {
    const std::lock_guard lock(mutex_);
    faults_.erase({scope, std::string(whose)});
}

std::string Faults::text() const {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const auto& [key, text] : faults_) all += (all.empty() ? "" : "; ") + text;
    return all;
}

}  // namespace jackgw::sms
