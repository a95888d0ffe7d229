#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// An account of Twilio's and how to speak for it (Twilio's documentation of request signatures and the
/// Messages resource).
struct Account {
    std::string sid;
    std::string auth_token;            ///< the primary one: signs what Twilio sends, and authorises requests
    std::string auth_token_secondary;  ///< accepted for signatures, too, during a rotation; empty: none
    std::string api_key_sid;           ///< authorises requests instead of the token; empty: none
    std::string api_key_secret;
    std::string base_url;  ///< of the API, without a trailing slash

    /// A resource of the account's, e.g. "/Messages.json". The account's SID is in it whatever authorises.
    std::string url(std::string_view resource) const;

    /// The value of the Authorization header. Secret.
    std::string authorization() const;

    /// The tokens that signatures are accepted of.
    std::vector<std::string> tokens() const;
};

/// The accounts of a channel. The first is the channel's own: all that names no other is of it.
class Accounts {
  public:
    explicit Accounts(Account own, std::vector<Account> further = {});

    const Account& own() const { return all_.front(); }
    const std::vector<Account>& all() const { return all_; }

    /// Null: no account of that SID is configured.
    const Account* find(std::string_view sid) const;

  private:
    std::vector<Account> all_;
};

}  // namespace jackgw::sms
