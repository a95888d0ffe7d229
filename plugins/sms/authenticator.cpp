#include "sms/authenticator.h"

#include <jackgw/cpp/text.h>

#include "sms/utf8.h"

namespace jackgw::sms {

using plugin::view;

std::string_view header_of(const jackgw_request& request, std::string_view name) {
    return plugin::find_header(request.headers, name).value_or(std::string_view{});
}

namespace {

bool is_signed(const jackgw_request& request, const Parameters& form, std::string_view other_url,
               const SignatureVerifier& verifier) {
    SignedRequest as_signed{request.method == JACKGW_METHOD_GET,      view(request.url),
                            header_of(request, "X-Twilio-Signature"), header_of(request, "Content-Type"),
                            header_of(request, "Authorization"),      view(request.body)};
    if (verifier.verify(as_signed, form)) return true;
    as_signed.url = other_url;
    return !other_url.empty() && verifier.verify(as_signed, form);
}

}  // namespace

Authenticator::Authenticator(const Accounts& accounts) : own_(accounts.own().sid) {
    for (const Account& account : accounts.all()) verifiers_.try_emplace(account.sid, account.tokens());
}

std::string_view Authenticator::account_of(const Parameters& form) const {
    return find(form, "AccountSid").value_or(std::string_view(own_));
}

std::string Authenticator::refusal(const jackgw_request& request, const Parameters& form,
                                   std::string_view other_url) const {
    const std::string named(account_of(form));
    const auto verifier = verifiers_.find(named);
    const bool known = verifier != verifiers_.end();
    const bool authentic =
        is_signed(request, form, other_url, known ? verifier->second : verifiers_.find(own_)->second);
    if (!known) {
        return "refused a request for account " + std::string(cut(named, 64)) +
               ", which is not configured: add it as [[channels.NAME.options.accounts]] if it is yours";
    }
    if (authentic) return {};
    const std::string_view url = view(request.url);
    return "refused a request whose signature does not match; it was checked as " +
           std::string(url.substr(0, url.find('?'))) + " with the auth token of account " + named +
           ". If it came from Twilio, compare both with Twilio's console; the URL begins with "
           "server.public_url";
}

}  // namespace jackgw::sms
