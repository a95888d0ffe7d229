#include "sms/self_test/asker.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sms/signature/hmac.h"

namespace jackgw::sms::self_test {

namespace {

constexpr std::chrono::milliseconds longest_wait = std::chrono::seconds{10};
constexpr std::chrono::milliseconds connect_timeout = std::chrono::seconds{5};

}  // namespace

Asker::Asker(const plugin::HttpClient& client, const Account& account,
             std::function<std::chrono::microseconds()> left)
    : client_(client),
      authorization_(account.authorization()),
      token_authorization_("Basic " + base64(account.sid + ":" + account.auth_token)),
      left_(std::move(left)) {}

plugin::HttpAnswer Asker::get(std::string_view url) const {
    return get(url, authorization_);
}

plugin::HttpAnswer Asker::get_by_token(std::string_view url) const {
    return get(url, token_authorization_);
}

plugin::HttpAnswer Asker::get(std::string_view url, const std::string& authorization) const {
    const auto time = std::min(std::chrono::floor<std::chrono::milliseconds>(left_()), longest_wait);
    if (time.count() < 1) {
        plugin::HttpAnswer none;
        none.result = JACKGW_E_TIMEOUT;
        none.error = "the test's time was up";
        return none;
    }
    const std::array headers{plugin::pair("Authorization", authorization),
                             plugin::pair("Accept", "application/json"),
                             plugin::pair("User-Agent", "jackgw-sms")};
    return client_.request({.method = "GET",
                            .url = url,
                            .headers = headers,
                            .connect_timeout = std::min(connect_timeout, time),
                            .total_timeout = time});
}

}  // namespace jackgw::sms::self_test
