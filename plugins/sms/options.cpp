#include "sms/options.h"

#include <jackgw/cpp/options.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "sms/recipient.h"

namespace jackgw::sms {

namespace {

constexpr std::string_view default_base_url = "https://api.twilio.com";

std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    std::string_view authority = url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority =
        authority.substr(authority.rfind('@') == std::string_view::npos ? 0 : authority.rfind('@') + 1);
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

/// What is wrong with the options as a whole: gathered, so that the operator sees all of it.
class Complaints {
  public:
    void add(const std::string& text) { text_ += (text_.empty() ? "" : "; ") + text; }
    void raise() const {
        if (!text_.empty()) throw plugin::Failure(text_, JACKGW_E_INVALID_ARGUMENT);
    }

  private:
    std::string text_;
};

/// The channel's own table, seen as a row.
plugin::OptionRow top_of(jackgw_pairs given) {
    plugin::OptionRow row;
    for (const jackgw_pair& option : plugin::view(given))
        row.add(plugin::view(option.name), plugin::view(option.value));
    return row;
}

std::string given_base_url(std::string_view url, Complaints& complaints) {
    const std::string shown = "api_base_url = \"" + std::string(url) + "\"";
    if (url.find_first_of("?#") != std::string_view::npos)
        complaints.add(shown + " must not contain a query or a fragment");
    if (!url.starts_with("https://") && !is_loopback(url))
        complaints.add(shown + " would send secrets in the clear: use https, or http to this machine only");
    while (url.ends_with('/')) url.remove_suffix(1);
    return std::string(url);
}

/// Where an account's requests go (Twilio's documentation of the Messages resource). `inherited`: the base
/// URL of the channel's own account, if the operator has named one.
std::string base_url_of(const plugin::OptionRow& row, std::string_view whose, std::string_view inherited,
                        Complaints& complaints) {
    const std::string edge(row.value("edge"));
    const std::string region(row.value("region"));
    const std::string_view url = row.find("api_base_url").value_or(inherited);
    if (edge.empty() && region.empty())
        return given_base_url(url.empty() ? default_base_url : url, complaints);
    if (!url.empty()) {
        complaints.add(
            std::string(whose) +
            ": region and edge choose the host that api_base_url names already: set either of them");
    } else if (edge.empty()) {
        complaints.add(std::string(whose) + ": region = \"" + region +
                       "\" is set without edge: name the edge, too, such as dublin for ie1");
    }
    return "https://api." + edge + "." + (region.empty() ? "us1" : region) + ".twilio.com";
}

Account read_account(const plugin::OptionRow& row, std::string_view inherited_url, Complaints& complaints) {
    Account account{std::string(row.value("account_sid")),          std::string(row.value("auth_token")),
                    std::string(row.value("auth_token_secondary")), std::string(row.value("api_key_sid")),
                    std::string(row.value("api_key_secret")),       {}};
    const std::string whose = "account " + account.sid;
    if (account.api_key_sid.empty() != account.api_key_secret.empty()) {
        const bool has_sid = !account.api_key_sid.empty();
        complaints.add(whose + ": " + (has_sid ? "api_key_sid" : "api_key_secret") + " is set without " +
                       (has_sid ? "api_key_secret" : "api_key_sid") + ": set both or neither");
    }
    account.base_url = base_url_of(row, whose, inherited_url, complaints);
    return account;
}

Accounts read_accounts(jackgw_pairs given, const plugin::OptionRow& top, Complaints& complaints) {
    if (top.value("account_sid").empty())
        complaints.add("account_sid is not set: write the account's SID into the config");
    if (top.value("auth_token").empty())
        complaints.add("auth_token is not set: without it no request of Twilio's could be verified");

    Account own = read_account(top, {}, complaints);
    std::vector<Account> further;
    for (const plugin::OptionRow& row : plugin::option_rows(given, "accounts")) {
        Account account = read_account(row, top.value("api_base_url"), complaints);
        if (account.sid == own.sid || std::ranges::find(further, account.sid, &Account::sid) != further.end())
            complaints.add("account " + account.sid + " is configured twice: remove one of the two");
        further.push_back(std::move(account));
    }
    return Accounts(std::move(own), std::move(further));
}

Senders read_senders(jackgw_pairs given, const plugin::OptionRow& top, const Accounts& accounts,
                     Complaints& complaints) {
    const std::string number(top.value("phone_number"));
    const std::string service(top.value("messaging_service_sid"));
    std::vector<Senders::Listed> listed;
    for (const plugin::OptionRow& row : plugin::option_rows(given, "senders")) {
        Senders::Listed one{std::string(row.value("sender")),
                            std::string(row.find("account_sid").value_or(accounts.own().sid)),
                            std::string(row.value("messaging_service_sid"))};
        if (!one.service.empty() && sender_kind(one.sender) == SenderKind::service)
            complaints.add("sender " + one.sender +
                           " is a messaging service and can't belong to one: remove its "
                           "messaging_service_sid");
        if (one.sender == number || one.sender == service ||
            std::ranges::find(listed, one.sender, &Senders::Listed::sender) != listed.end())
            complaints.add("sender " + one.sender + " is configured twice: remove one of the two");
        if (accounts.find(one.account_sid) == nullptr)
            complaints.add("sender " + one.sender + " belongs to account " + one.account_sid +
                           ", which is not configured: add it as [[channels.NAME.options.accounts]]");
        listed.push_back(std::move(one));
    }
    Senders senders(accounts.own().sid, number, service, std::move(listed));
    if (senders.default_sender().empty())
        complaints.add(
            "neither phone_number nor messaging_service_sid nor a sender is set: one of them is needed to "
            "send "
            "with");
    return senders;
}

std::string read_default_region(std::string_view given, Complaints& complaints) {
    if (given.empty()) return {};
    const auto region = read_region(given);
    if (!region) {
        complaints.add(
            "default_region = \"" + std::string(given) +
            "\" is no region with a numbering plan: write its ISO 3166 code, such as US, DE or GB");
    }
    return region.value_or(std::string{});
}

/// The host has checked the pattern.
LongText long_text_of(std::string_view word) {
    if (word == "split") return LongText::split;
    return word == "reject" ? LongText::reject : LongText::truncate;
}

/// The host has checked it: a number within its limits, or the default value.
std::int64_t whole_number(std::string_view digits) {
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

Resending read_resending(const plugin::OptionRow& top) {
    return {static_cast<std::uint32_t>(whole_number(top.value("retry_undelivered"))),
            whole_number(top.value("retry_undelivered_after_s")) * 1000};
}

}  // namespace

bool is_loopback(std::string_view url) {
    const std::string_view host = host_of(url);
    if (host == "localhost" || host == "[::1]") return true;
    // A name such as 127.example.com is a host like any other.
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos &&
           std::count(host.begin(), host.end(), '.') == 3;
}

const Account& Options::account_of(std::string_view sender) const {
    return *accounts.find(senders.account_of(sender));
}

Options read_options(jackgw_pairs given) {
    const plugin::OptionRow top = top_of(given);
    Complaints complaints;
    Accounts accounts = read_accounts(given, top, complaints);
    Senders senders = read_senders(given, top, accounts, complaints);
    std::string region = read_default_region(top.value("default_region"), complaints);
    complaints.raise();
    return {std::move(accounts),
            std::move(senders),
            std::string(top.value("status_callback_url")),
            std::move(region),
            {long_text_of(top.value("long_text")), top.value("smart_encoding") == "true"},
            read_resending(top),
            top.value("check_media") == "true"};
}

}  // namespace jackgw::sms
