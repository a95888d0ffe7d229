#include "sms/senders.h"

#include <algorithm>
#include <utility>

#include "sms/phone.h"

namespace jackgw::sms {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_short_code(std::string_view text) {
    return text.size() >= 3 && text.size() <= 8 && std::ranges::all_of(text, is_digit);
}

bool is_name(std::string_view text) {
    constexpr std::size_t longest = 11;
    constexpr std::string_view others = " +-_&";
    return !text.empty() && text.size() <= longest && text.front() != ' ' && text.front() != '+' &&
           text.back() != ' ' && std::ranges::any_of(text, is_letter) &&
           std::ranges::all_of(text, [&](char c) {
               return is_letter(c) || is_digit(c) || others.find(c) != std::string_view::npos;
           });
}

}  // namespace

std::optional<SenderKind> sender_kind(std::string_view text) {
    if (is_e164(text)) return SenderKind::number;
    if (is_messaging_service_sid(text)) return SenderKind::service;
    if (is_short_code(text)) return SenderKind::short_code;
    if (is_name(text)) return SenderKind::name;
    return std::nullopt;
}

Senders::Senders(std::string account_sid, std::string number, std::string service, std::vector<Listed> listed)
    : account_sid_(std::move(account_sid)),
      number_(std::move(number)),
      service_(std::move(service)),
      listed_(std::move(listed)) {}

const Senders::Listed* Senders::find_listed(std::string_view sender) const {
    const auto found = std::ranges::find(listed_, sender, &Listed::sender);
    return found == listed_.end() ? nullptr : &*found;
}

const std::string& Senders::default_sender() const {
    if (!service_.empty()) return service_;
    return number_.empty() && !listed_.empty() ? listed_.front().sender : number_;
}

bool Senders::is_known(std::string_view sender) const {
    return !sender.empty() && (sender == number_ || sender == service_ || find_listed(sender) != nullptr);
}

bool Senders::answers_from(std::string_view ours) const {
    return !ours.empty() && (ours == default_sender() || find_listed(ours) != nullptr);
}

std::string_view Senders::reply_from(std::string_view to, std::string_view service) const {
    if (answers_from(to)) return {};
    if (is_known(service)) return service;
    return to == number_ ? std::string_view(service_) : std::string_view{};
}

const std::string& Senders::account_of(std::string_view sender) const {
    if (const Listed* listed = find_listed(sender)) return listed->account_sid;
    if (sender == number_ || sender == service_) return account_sid_;
    const Listed* fallback = find_listed(default_sender());
    return fallback != nullptr ? fallback->account_sid : account_sid_;
}

std::vector<std::string_view> Senders::scopes(std::string_view number, std::string_view service,
                                              std::string_view account_sid) const {
    std::vector<std::string_view> scopes;
    const auto add = [&](std::string_view scope) {
        if (!scope.empty() && std::ranges::find(scopes, scope) == scopes.end()) scopes.push_back(scope);
    };
    add(number);
    add(service);
    if (scopes.empty() && account_sid != account_of(default_sender())) {
        for (const Listed& one : listed_)
            if (one.account_sid == account_sid) add(one.sender);
    }
    if (scopes.empty()) add(default_sender());
    const std::vector<std::string_view> named = scopes;
    for (const std::string_view scope : named) {
        if (scope == service_) add(number_);
        for (const Listed& one : listed_)
            if (!one.service.empty() && one.service == scope) add(one.sender);
    }
    return scopes;
}

}  // namespace jackgw::sms
