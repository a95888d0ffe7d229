#pragma once

#include <jackgw/cpp/conversations.h>
#include <jackgw/cpp/log.h>
#include <jackgw/cpp/router.h>

#include <string>
#include <string_view>

#include "sms/options.h"
#include "sms/signature/authenticator.h"
#include "sms/webhooks/form.h"
#include "sms/webhooks/status_reports.h"

namespace jackgw::sms {

/// Answers what Twilio calls. Nothing has an effect before the signature is verified, and no answer has a
/// plain body: Twilio would text it to the guest. Safe from any thread.
class Webhooks {
  public:
    /// `faults`: see StatusReports.
    Webhooks(const Options& options, const plugin::Conversations& conversations, const plugin::Log& log,
             Faults& faults);

    plugin::Response inbound(const jackgw_request& request) const;
    plugin::Response status(const jackgw_request& request) const;
    plugin::Response opt_out(const jackgw_request& request) const;

  private:
    bool is_authentic(const jackgw_request& request, const Parameters& form,
                      std::string_view other_url = {}) const;
    plugin::Response answer(const plugin::Reported& reported, std::string_view what) const;

    const Senders senders_;
    const Authenticator authenticator_;
    const std::string status_callback_url_;
    const StatusReports status_reports_;
    plugin::Conversations conversations_;
    plugin::Log log_;
};

}  // namespace jackgw::sms
