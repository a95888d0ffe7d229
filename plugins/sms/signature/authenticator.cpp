#include "sms/signature/authenticator.h"

#include <jackgw/cpp/text.h>

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

/// Of an account that isn't configured: nothing but an SID is repeated, for anybody may have sent it.
std::string foreign_account(std::string_view named) {
    const bool is_sid = named.size() == 34 && named.starts_with("AC") &&
                        named.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
    if (!is_sid) return "refused a request whose AccountSid is none: AC and 32 hex digits";
    return "refused a request for account " + std::string(named) +
           ", which is not configured: add it as [[channels.NAME.options.accounts]] if it is yours";
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
    if (!known) return foreign_account(named);
    if (authentic) return {};
    const std::string_view url = view(request.url);
    return "refused a request whose signature does not match; it was checked as " +
           std::string(url.substr(0, url.find('?'))) + " with the auth token of account " + named +
           ". If it came from Twilio, compare both with Twilio's console; the URL begins with "
           "server.public_url";
}

}  // namespace jackgw::sms
