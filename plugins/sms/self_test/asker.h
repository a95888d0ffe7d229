#pragma once

#include <jackgw/cpp/http_client.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "sms/account.h"

namespace jackgw::sms::self_test {

/// Reads an account's resources, for as long as there is time. For one thread.
class Asker {
  public:
    /// `left`: the time that is left.
    Asker(const plugin::HttpClient& client, const Account& account,
          std::function<std::chrono::microseconds()> left);

    /// As the account is authorised to send.
    plugin::HttpAnswer get(std::string_view url) const;
    /// With the auth token, even where an API key sends: it must be right for the signatures, and only it may
    /// read the account itself.
    plugin::HttpAnswer get_by_token(std::string_view url) const;

  private:
    plugin::HttpAnswer get(std::string_view url, const std::string& authorization) const;

    const plugin::HttpClient& client_;
    const std::string authorization_;
    const std::string token_authorization_;
    const std::function<std::chrono::microseconds()> left_;
};

}  // namespace jackgw::sms::self_test
