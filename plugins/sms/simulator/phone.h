#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "account.h"
#include "checks.h"
#include "keywords.h"
#include "media.h"
#include "sids.h"
#include "traffic.h"
#include "webhook_client.h"

namespace jackgw::sms::simulator {

/// What a guest types into the phone.
struct GuestText {
    std::string from;
    std::string to;  // one of our numbers
    std::string body;
    std::vector<GuestMedium> media;
    unsigned times = 1;  // more than 1: the same webhook again, as the provider's retries do
};

struct TextResult {
    std::string sid;
    WebhookAnswer answer;  // the last one
};

/// The guests' phones: turns a text into the gateway's signed webhook (Twilio's documentation of messaging
/// webhooks), keeps the opt-out list as the provider does, and gives the guest the texts that the answer
/// carries. Safe from any thread.
class Phone {
  public:
    struct Options {
        std::string account_sid;
        std::string sms_url;
        Senders senders;
        bool advanced_opt_out = false;  // tell OptOutType, as a messaging service with Advanced Opt-Out does
    };
    Phone(Options options, Account& account, const WebhookClient& client, MediaBox& media, Traffic& traffic);

    TextResult text(const GuestText& text);

    /// Where texts go from now on, as after a change in the console.
    void set_sms_url(std::string url);

  private:
    std::string sms_url() const;
    Parameters form_for(const Message& message, const std::vector<GuestMedium>& media, Keyword keyword) const;
    WebhookAnswer deliver(const Message& message, const Parameters& form, unsigned times);
    void apply(Keyword keyword, const Message& message);

    const Options options_;
    Account& account_;
    const WebhookClient& client_;
    MediaBox& media_;
    Traffic& traffic_;
    SidGenerator sids_;
    mutable std::mutex mutex_;
    std::string sms_url_;
};

}  // namespace jackgw::sms::simulator
