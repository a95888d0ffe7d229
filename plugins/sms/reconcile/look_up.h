#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/ext/sender.h>

#include <optional>
#include <string_view>

#include "sms/options.h"
#include "sms/sender.h"
#include "sms/webhooks/status_reports.h"

namespace jackgw::sms {

/// Asks Twilio what became of a message, and reports it as a status callback would (Twilio's documentation of
/// status callbacks: poll where the final state is unknown after twelve hours). Safe from any thread.
class LookUp {
  public:
    LookUp(Options options, const plugin::HttpClient& client, const StatusReports& reports, Now now);

    /// Throws plugin::Failure: JACKGW_E_UNAVAILABLE where Twilio or the host can't be asked now, else why
    /// Twilio can't tell.
    void run(const jackgw_sent_message& message) const;

  private:
    const Options options_;
    const plugin::HttpClient client_;
    const StatusReports reports_;
    const Now now_;
};

/// Why an answer to GET Messages/{SID}.json doesn't tell what became of the message; nothing: it does. Pure.
std::optional<plugin::Failure> refusal_of(const plugin::HttpAnswer& answer, std::string_view account_sid);

}  // namespace jackgw::sms
