#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sms/signature/hmac.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms {

/// What Twilio's signature covers (https://www.twilio.com/docs/usage/security): the base64 of the HMAC-SHA1,
/// under the account's token, of the URL and then the name and value of each parameter in the order of names;
/// a repeated name counts once for each distinct value. Empty parameters: the URL alone.
std::string compute_signature(std::string_view token, std::string_view url, const Parameters& parameters);

/// A request as far as its signature is concerned. All views.
struct SignedRequest {
    bool get = false;                 ///< GET carries its parameters in the URL: none are appended
    std::string_view url{};           ///< as configured at Twilio, seen from outside
    std::string_view signature{};     ///< X-Twilio-Signature; empty: none came
    std::string_view content_type{};  ///< empty: none came
    std::string_view
        authorization{};      ///< of Basic authentication, for credentials that were signed in the URL
    std::string_view body{};  ///< raw
};

/// Says whether a request was signed with one of the account's tokens (two during a rotation). Without a
/// token nothing passes. Safe from any thread.
class SignatureVerifier {
  public:
    explicit SignatureVerifier(const std::vector<std::string>& tokens);

    /// A form is checked against `form`, its parsed body; a body of another type (JSON) against the hash in
    /// the query's bodySHA256, without which it is refused.
    bool verify(const SignedRequest& request, const Parameters& form) const;

  private:
    bool signed_by_any(const SignedRequest& request, std::string_view appended) const;
    bool matches(std::string_view url, std::string_view appended, std::string_view signature) const;

    std::vector<std::unique_ptr<HmacSha1>> keys_;
};

/// True for a body that is to be read as a form: said so, or no type is named.
bool is_form(std::string_view content_type);

}  // namespace jackgw::sms
