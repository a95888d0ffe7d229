#pragma once

#include <jackgw/ext/router.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "sms/account.h"
#include "sms/form.h"
#include "sms/signature.h"

namespace jackgw::sms {

/// Says whether a request comes from Twilio: signed under a token of the account that it names. Pure; safe
/// from any thread.
class Authenticator {
  public:
    /// `status_callback_url`: where Twilio was told to report deliveries; empty: the gateway's own URL.
    Authenticator(const Accounts& accounts, std::string_view status_callback_url);

    /// Why the request is refused, in words for the log; empty: it is authentic. `form`: its parameters,
    /// which choose the token before anything is known of them. A request that names no account must be
    /// signed for the channel's own; one that names an unknown account is checked all the same and refused.
    std::string refusal(const jackgw_request& request, const Parameters& form) const;

  private:
    bool is_signed(const jackgw_request& request, const Parameters& form,
                   const SignatureVerifier& verifier) const;

    std::map<std::string, SignatureVerifier, std::less<>> verifiers_;  // by account
    std::string own_;
    std::string status_callback_url_;
};

/// The value of a request's header; empty if there is none.
std::string_view header_of(const jackgw_request& request, std::string_view name);

}  // namespace jackgw::sms
