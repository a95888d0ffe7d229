#pragma once

#include <jackgw/ext/router.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "sms/account.h"
#include "sms/signature/signature.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms {

/// Says whether a request comes from Twilio: signed under a token of the account that it names. Pure; safe
/// from any thread.
class Authenticator {
  public:
    explicit Authenticator(const Accounts& accounts);

    /// Why the request is refused, in words for the log; empty: it is authentic. `form`: its parameters,
    /// which choose the token before anything is known of them. A request that names no account must be
    /// signed for the channel's own; one that names an unknown account is checked all the same and refused.
    /// `other_url`: under which Twilio may have called this route as well; empty: none. It must belong to
    /// this route alone, or a request to one route could be repeated at another.
    std::string refusal(const jackgw_request& request, const Parameters& form,
                        std::string_view other_url = {}) const;

    /// The account that an authentic request speaks for.
    std::string_view account_of(const Parameters& form) const;

  private:
    std::map<std::string, SignatureVerifier, std::less<>> verifiers_;  // by account
    std::string own_;
};

/// The value of a request's header; empty if there is none.
std::string_view header_of(const jackgw_request& request, std::string_view name);

}  // namespace jackgw::sms
