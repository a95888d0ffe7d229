#include "sms/self_test/account_checks.h"

#include <algorithm>
#include <utility>

#include "sms/self_test/judges.h"
#include "sms/self_test/self_test.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms::self_test {

namespace {

/// Further services than those that are configured are read only to find one that overrides a number's URL.
constexpr std::string_view services_page = "/v1/Services?PageSize=20";
constexpr int most_pages = 10;

bool is_answer(const plugin::HttpAnswer& answer) {
    return answer.result == JACKGW_OK && answer.status == 200;
}

bool is_short_code(std::string_view number) {
    return !number.starts_with('+');
}

}  // namespace

ConfiguredSenders senders_of(const Senders& senders, std::string_view account_sid) {
    ConfiguredSenders configured;
    const auto add = [&](const std::string& sender) {
        const auto kind = sender_kind(sender);
        if (!kind || senders.account_of(sender) != account_sid) return;
        std::vector<std::string>& list = *kind == SenderKind::service ? configured.services
                                         : *kind == SenderKind::name  ? configured.names
                                                                      : configured.numbers;
        if (std::ranges::find(list, sender) == list.end()) list.push_back(sender);
    };
    add(senders.number());
    add(senders.service());
    for (const Senders::Listed& listed : senders.listed()) add(listed.sender);
    return configured;
}

AccountChecks::AccountChecks(const Asker& asker, const Account& account, ConfiguredSenders senders,
                             std::string expected_url, const std::function<void(const plugin::Check&)>& put)
    : asker_(asker),
      account_(account),
      senders_(std::move(senders)),
      expected_url_(std::move(expected_url)),
      messaging_url_(messaging_base_url(account.base_url)),
      put_(put) {}

void AccountChecks::run() {
    if (!check_account()) return;
    read_services();
    for (const std::string& number : senders_.numbers) check_number(number);
    for (const std::string& sid : senders_.services) check_service(sid);
    for (const std::string& name : senders_.names) put_(judge_name(name, services_));
}

bool AccountChecks::check_account() {
    const plugin::HttpAnswer answer = asker_.get_by_token(account_.url(".json"));
    const Check credentials = judge_credentials(account_.sid, "auth_token", answer);
    put_(credentials);
    if (credentials.status != JACKGW_CHECK_OK) return false;
    const auto account = read_account(answer.body);
    put_(account ? judge_account(account_.sid, *account) : unanswered("account", account_.sid, answer));
    if (account_.api_key_sid.empty()) return true;
    const Check key = judge_credentials(account_.api_key_sid, "api_key_sid and api_key_secret",
                                        asker_.get(account_.url("/Messages.json?PageSize=1")));
    put_(key);
    return key.status == JACKGW_CHECK_OK;
}

void AccountChecks::read_services() {
    const plugin::HttpAnswer answer = asker_.get(messaging_url_ + std::string(services_page));
    if (!is_answer(answer)) {
        put_(unanswered("services", account_.sid, answer));
        return;
    }
    for (Service& service : self_test::read_services(answer.body))
        if (!add_service(std::move(service))) return;
    if (!next_page(answer.body).empty())
        put_({JACKGW_CHECK_SKIPPED, "services", account_.sid,
              "The account has more than 20 messaging services; whether a further one has a number of yours "
              "and sends its texts elsewhere was not checked"});
}

bool AccountChecks::add_service(Service service) {
    const bool read = read_senders_of(service, "/PhoneNumbers") && read_senders_of(service, "/ShortCodes") &&
                      (senders_.names.empty() || read_senders_of(service, "/AlphaSenders"));
    if (read) services_.push_back(std::move(service));
    return read;
}

bool AccountChecks::read_senders_of(Service& service, std::string_view list) {
    std::string path = "/v1/Services/" + service.sid + std::string(list) + "?PageSize=1000";
    for (int page = 0; page < most_pages && !path.empty(); ++page) {
        const plugin::HttpAnswer answer = asker_.get(messaging_url_ + path);
        if (!is_answer(answer)) {
            put_(unanswered("services", service.sid, answer));
            return false;
        }
        for (std::string& sender : read_senders(answer.body)) service.senders.push_back(std::move(sender));
        path = next_page(answer.body);
    }
    return true;
}

void AccountChecks::check_number(const std::string& number) {
    const std::string resource = is_short_code(number)
                                     ? "/SMS/ShortCodes.json?ShortCode=" + percent_encode(number)
                                     : "/IncomingPhoneNumbers.json?PhoneNumber=" + percent_encode(number);
    const plugin::HttpAnswer answer = asker_.get(account_.url(resource));
    if (!is_answer(answer)) {
        put_(unanswered("number", number, answer));
        return;
    }
    const auto found = find_number(answer.body, number);
    put_(judge_number(number, account_.sid, found));
    if (found) put_(judge_webhook(*found, service_with(number), expected_url_));
}

void AccountChecks::check_service(const std::string& sid) {
    if (service_of(sid) == nullptr) {
        const plugin::HttpAnswer answer = asker_.get(messaging_url_ + "/v1/Services/" + sid);
        if (answer.result == JACKGW_OK && answer.status == 404) {
            put_(judge_service(sid, account_.sid, std::nullopt, senders_.numbers));
            return;
        }
        const auto service = is_answer(answer) ? read_service(answer.body) : std::nullopt;
        if (!service) put_(unanswered("service", sid, answer));
        if (!service || !add_service(*service)) return;
    }
    const Service& service = *service_of(sid);
    put_(judge_service(sid, account_.sid, service, senders_.numbers));
    // Guests may write to any number of the service, whether it is configured here or not.
    if (!service.use_inbound_webhook_on_number && !service.senders.empty())
        put_(judge_webhook(OwnNumber{.number = sid}, &service, expected_url_));
}

const Service* AccountChecks::service_of(std::string_view sid) const {
    const auto found = std::ranges::find(services_, sid, &Service::sid);
    return found == services_.end() ? nullptr : &*found;
}

const Service* AccountChecks::service_with(std::string_view number) const {
    for (const Service& service : services_)
        if (std::ranges::find(service.senders, number) != service.senders.end()) return &service;
    return nullptr;
}

}  // namespace jackgw::sms::self_test
