#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/self_test.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "sms/options.h"

namespace jackgw::sms {

/// Asks Twilio whether the channel works as it is configured: credentials, accounts, numbers, messaging
/// services, and where Twilio takes what guests write. Only reads. Safe from any thread.
class SelfTest {
  public:
    /// Time on a clock that never jumps. Injected, so that tests decide when the time is up.
    using Elapsed = std::function<std::chrono::microseconds()>;
    using Put = std::function<void(const plugin::Check&)>;

    SelfTest(Options options, std::string_view public_url, const plugin::HttpClient& client, Elapsed elapsed);

    /// Puts each check as soon as it is made. What can't be asked within `deadline` is skipped.
    void run(std::chrono::microseconds deadline, const Put& put) const;

  private:
    const Options options_;
    const std::string public_url_;
    const plugin::HttpClient client_;
    const Elapsed elapsed_;
};

/// Base URL of the messaging services' API that belongs to one of the main API: the host's label "api"
/// becomes "messaging", with the same edge and region; a simulator's has both.
std::string messaging_base_url(std::string_view api_base_url);

}  // namespace jackgw::sms
