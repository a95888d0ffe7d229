#include "sms/self_test/self_test.h"

#include <utility>

#include "sms/self_test/account_checks.h"
#include "sms/self_test/judges.h"

namespace jackgw::sms {

SelfTest::SelfTest(Options options, std::string_view public_url, const plugin::HttpClient& client,
                   Elapsed elapsed)
    : options_(std::move(options)), public_url_(public_url), client_(client), elapsed_(std::move(elapsed)) {}

void SelfTest::run(std::chrono::microseconds deadline, const Put& put) const {
    put(self_test::judge_public_url(public_url_));
    const std::chrono::microseconds end = elapsed_() + deadline;
    const auto left = [&] { return end - elapsed_(); };
    for (const Account& account : options_.accounts.all()) {
        const self_test::Asker asker(client_, account, left);
        self_test::AccountChecks(asker, account, self_test::senders_of(options_.senders, account.sid),
                                 public_url_ + "/webhooks/twilio/sms", put)
            .run();
    }
}

std::string messaging_base_url(std::string_view api_base_url) {
    constexpr std::string_view own_host = "https://api.";
    if (!api_base_url.starts_with(own_host) || !api_base_url.ends_with(".twilio.com"))
        return std::string(api_base_url);
    return "https://messaging." + std::string(api_base_url.substr(own_host.size()));
}

}  // namespace jackgw::sms
