#include "sms/self_test/judges.h"

#include <algorithm>

#include "sms/answers/json_body.h"
#include "sms/self_test/webhook_address.h"

namespace jackgw::sms::self_test {

namespace {

Check check(std::int32_t status, std::string_view name, std::string_view subject, std::string message) {
    return {status, std::string(name), std::string(subject), std::move(message)};
}

/// "HTTP 401, error 20003: Authenticate"
std::string described(const plugin::HttpAnswer& answer) {
    if (answer.result != JACKGW_OK) return answer.error;
    const JsonBody body(answer.body);
    std::string text = "HTTP " + std::to_string(answer.status);
    if (const auto code = body.number("code"); code != 0) text += ", error " + std::to_string(code);
    if (const std::string message = body.message(); !message.empty()) text += ": " + message;
    return text;
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string named(const Service& service) {
    return "messaging service " + service.sid + (service.name.empty() ? "" : " (" + service.name + ")");
}

/// `where`: what holds the URL, at the beginning of a sentence.
Check judge_url(const std::string& number, const std::string& where, const std::string& url,
                const std::string& method, std::string_view expected) {
    const std::string to_set = std::string(expected) + "#rc=3&rp=all";
    if (url.empty())
        return check(
            JACKGW_CHECK_FAILED, "webhook", number,
            where + " has no URL, so that what guests write is lost: set " + to_set + " with method POST");
    if (!same_address(url, expected))
        return check(
            JACKGW_CHECK_FAILED, "webhook", number,
            where + " calls " + shown(url) + ", not this gateway: set " + to_set + " with method POST");
    if (method == "GET")
        return check(JACKGW_CHECK_WARNING, "webhook", number,
                     where +
                         " calls this gateway by GET, which leaves guests' texts in the logs of "
                         "proxies: set the method to POST");
    if (!asks_for_retries(url))
        return check(JACKGW_CHECK_WARNING, "webhook", number,
                     where +
                         " calls this gateway, but only once: a text that comes while the gateway is "
                         "away is lost. Set " +
                         to_set);
    return check(JACKGW_CHECK_OK, "webhook", number, where + " calls this gateway, and again if it is away");
}

}  // namespace

Check unanswered(std::string_view name, std::string_view subject, const plugin::HttpAnswer& answer) {
    return check(JACKGW_CHECK_SKIPPED, name, subject,
                 "Twilio gave no answer to go by (" + described(answer) + "): test again later");
}

Check judge_public_url(std::string_view public_url) {
    constexpr std::string_view name = "public_url";
    if (public_url.empty())
        return check(JACKGW_CHECK_FAILED, name, {},
                     "There is none, so that no request of Twilio's can be verified: set server.public_url");
    if (!public_url.starts_with("https://"))
        return check(JACKGW_CHECK_WARNING, name, {},
                     std::string(public_url) +
                         " is not https: guests' texts cross the net in the clear, and Twilio needs an "
                         "address that the world can reach. Set server.public_url to the proxy's https URL");
    return check(JACKGW_CHECK_OK, name, {}, std::string(public_url) + " is https");
}

Check judge_credentials(std::string_view sid, std::string_view what, const plugin::HttpAnswer& answer) {
    const std::string option(what);
    if (answer.result != JACKGW_OK)
        return check(
            JACKGW_CHECK_FAILED, "credentials", sid,
            "Twilio can't be reached (" + answer.error + "): check the network, the proxy and api_base_url");
    if (answer.status == 200)
        return check(JACKGW_CHECK_OK, "credentials", sid, "Twilio accepts the " + option);
    if (answer.status == 401 || answer.status == 403)
        return check(JACKGW_CHECK_FAILED, "credentials", sid,
                     "Twilio refuses the " + option + " (" + described(answer) +
                         "): compare account_sid and " + option +
                         " with Twilio's console; each region has credentials of its own");
    if (answer.status == 404)
        return check(JACKGW_CHECK_FAILED, "credentials", sid,
                     "Twilio knows no such account (" + described(answer) +
                         "): check account_sid, region and api_base_url");
    return unanswered("credentials", sid, answer);
}

Check judge_account(std::string_view sid, const AccountState& account) {
    constexpr std::string_view name = "account";
    if (account.status == "suspended")
        return check(
            JACKGW_CHECK_FAILED, name, sid,
            "Twilio has suspended it: nothing is sent or received. Twilio's console says why; mostly "
            "it is the balance");
    if (account.status == "closed")
        return check(JACKGW_CHECK_FAILED, name, sid, "It is closed for good: configure another account");
    if (account.status != "active")
        return check(JACKGW_CHECK_WARNING, name, sid,
                     "Its status is \"" + account.status + "\", not \"active\": look at Twilio's console");
    if (account.type == "Trial")
        return check(JACKGW_CHECK_WARNING, name, sid,
                     "It is a trial account: it sends to verified numbers only and puts a note into each "
                     "text. Upgrade it in Twilio's console before guests use it");
    return check(JACKGW_CHECK_OK, name, sid, "It is active");
}

Check judge_number(std::string_view number, std::string_view account_sid,
                   const std::optional<OwnNumber>& found) {
    constexpr std::string_view name = "number";
    if (!found)
        return check(JACKGW_CHECK_FAILED, name, number,
                     "It is not a number of account " + std::string(account_sid) +
                         ": correct it, or say in [[…senders]] whose it is");
    if (!found->sms) return check(JACKGW_CHECK_FAILED, name, number, "It can't send SMS: take one that can");
    if (!found->mms)
        return check(JACKGW_CHECK_WARNING, name, number,
                     "It can send SMS but no MMS: messages with media will be refused");
    return check(JACKGW_CHECK_OK, name, number, "It is the account's and can send SMS and MMS");
}

Check judge_webhook(const OwnNumber& number, const Service* service, std::string_view expected) {
    // A service overrides its numbers' URLs, unless it leaves them to the numbers; a TwiML application
    // overrides a number's own.
    if (service != nullptr && !service->use_inbound_webhook_on_number) {
        const std::string where =
            number.number == service->sid ? "It" : "Its " + named(*service) + ", which decides for it,";
        return judge_url(number.number, where, service->inbound_request_url, service->inbound_method,
                         expected);
    }
    if (!number.sms_application_sid.empty())
        return check(JACKGW_CHECK_FAILED, "webhook", number.number,
                     "Application " + number.sms_application_sid +
                         " is set for its messages and overrides its own URL: set the webhook " +
                         std::string(expected) + "#rc=3&rp=all with method POST instead");
    return judge_url(number.number, "It", number.sms_url, number.sms_method, expected);
}

Check judge_service(std::string_view sid, std::string_view account_sid, const std::optional<Service>& found,
                    const std::vector<std::string>& numbers) {
    constexpr std::string_view name = "service";
    if (!found)
        return check(JACKGW_CHECK_FAILED, name, sid,
                     "Account " + std::string(account_sid) +
                         " has no such messaging service: correct messaging_service_sid, or say in "
                         "[[…senders]] whose it is");
    if (found->senders.empty())
        return check(JACKGW_CHECK_FAILED, name, sid,
                     "It has no senders, so that nothing can be sent with it: add numbers to it in Twilio's "
                     "console");
    std::vector<std::string> outside;
    std::ranges::copy_if(numbers, std::back_inserter(outside),
                         [&](const std::string& number) { return !contains(found->senders, number); });
    if (!outside.empty())
        return check(JACKGW_CHECK_WARNING, name, sid,
                     "It sends from " + joined(found->senders) + ", but not from " + joined(outside) +
                         ": a guest who knows that number gets texts from another one");
    return check(JACKGW_CHECK_OK, name, sid, "It sends from " + joined(found->senders));
}

Check judge_name(std::string_view name, const std::vector<Service>& services) {
    for (const Service& service : services)
        if (contains(service.senders, name))
            return check(JACKGW_CHECK_OK, "name", name, "It is a sender of " + named(service));
    return check(JACKGW_CHECK_SKIPPED, "name", name,
                 "Twilio lists alphanumeric senders in messaging services alone, and it is in none: look in "
                 "Twilio's console whether the countries of your guests allow it");
}

}  // namespace jackgw::sms::self_test
