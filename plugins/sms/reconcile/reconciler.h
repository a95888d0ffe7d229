#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/reconcile.h>

#include "sms/options.h"
#include "sms/reconcile/message_search.h"

namespace jackgw::sms {

/// Finds out whether Twilio took an attempt whose outcome is unknown, by its list of messages: Twilio has no
/// idempotency key (Twilio's documentation of the Messages resource). The list is late, and a text sent twice
/// is worse than a doubt, so "absent" needs proof that the list is up to date. Safe from any thread.
class Reconciler {
  public:
    Reconciler(Options options, const plugin::HttpClient& client, const plugin::Reconcile& host,
               MessageSearch::Elapsed elapsed);

    /// Throws plugin::Failure: JACKGW_E_UNAVAILABLE where Twilio or the host can't be asked now, else why it
    /// can't tell.
    plugin::Reconciled run(const jackgw_doubtful_attempt& attempt) const;

  private:
    const Options options_;
    const plugin::HttpClient client_;
    const plugin::Reconcile host_;
    const MessageSearch::Elapsed elapsed_;
};

}  // namespace jackgw::sms
