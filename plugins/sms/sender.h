#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/ext/sender.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "sms/answers/faults.h"
#include "sms/answers/outcome.h"
#include "sms/options.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms {

/// Microseconds since 1970, UTC. Injected, so that tests decide what time it is.
using Now = std::function<std::int64_t()>;

/// Sends messages through Twilio's REST API, one request an attempt, each for the account that its sender
/// belongs to. Safe from any thread.
class Sender {
  public:
    /// `public_url`: the gateway's own, for the status callback.
    Sender(Options options, std::string_view public_url, const plugin::HttpClient& client, Now now);

    Outcome send(const jackgw_outgoing& message);

    /// The SID of the account that sends for a sender.
    std::string_view account_of(std::string_view from) const { return options_.account_of(from).sid; }

    /// What keeps messages from being sent, for each sender, account or the channel; empty: nothing that is
    /// known of.
    std::string fault() const { return faults_.text(); }

  private:
    void note(std::string_view from, const Account& account, const Outcome& outcome);

    const Options options_;
    std::string callback_url_;  // empty: none
    plugin::HttpClient client_;
    Now now_;
    Faults faults_;
};

/// The form that creates a message. `callback_url` is the one of the attempt, `validity_s` 0: not told.
Parameters message_form(const jackgw_outgoing& message, std::string_view callback_url,
                        std::int64_t validity_s);

}  // namespace jackgw::sms
