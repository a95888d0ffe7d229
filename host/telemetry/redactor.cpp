#include "telemetry/redactor.h"

#include <algorithm>

#include "telemetry/phone_mask.h"

namespace jackgw::telemetry {

namespace {

struct Span {
    std::size_t begin;
    std::size_t end;
};

/// Every place where a secret stands, in order, overlapping places joined.
std::vector<Span> places_of(std::string_view text, const std::vector<std::string>& secrets) {
    std::vector<Span> places;
    for (const std::string& secret : secrets) {
        for (auto at = text.find(secret); at != std::string_view::npos; at = text.find(secret, at + 1))
            places.push_back({at, at + secret.size()});
    }
    std::sort(places.begin(), places.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    std::vector<Span> joined;
    for (const Span& place : places) {
        if (!joined.empty() && place.begin < joined.back().end) {
            joined.back().end = std::max(joined.back().end, place.end);
        } else {
            joined.push_back(place);
        }
    }
    return joined;
}

}  // namespace

Redactor::Redactor() : secrets_(std::make_shared<const Secrets>()) {}

void Redactor::set_secrets(const std::string& group, std::vector<std::string> secrets) {
    std::erase_if(secrets, [](const std::string& secret) { return secret.size() < shortest_secret; });
    const std::lock_guard lock(mutex_);
    groups_[group] = std::move(secrets);
    Secrets all;
    for (const auto& [name, members] : groups_) all.insert(all.end(), members.begin(), members.end());
    secrets_ = std::make_shared<const Secrets>(std::move(all));
}

std::shared_ptr<const Redactor::Secrets> Redactor::snapshot() const {
    const std::lock_guard lock(mutex_);
    return secrets_;
}

std::string Redactor::scrub(std::string_view text) const {
    const auto secrets = snapshot();
    std::string result;
    std::size_t done = 0;
    for (const Span& place : places_of(text, *secrets)) {
        result += text.substr(done, place.begin - done);
        result += replacement;
        done = place.end;
    }
    return result += text.substr(done);
}

std::string Redactor::redact(std::string_view text) const {
    return mask_phone_numbers(scrub(text));
}

}  // namespace jackgw::telemetry
