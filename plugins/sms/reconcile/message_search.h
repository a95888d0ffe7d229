#pragma once

#include <jackgw/cpp/http_client.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sms/account.h"
#include "sms/reconcile/message_list.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms {

/// Reads an account's list of messages page by page. For one reconciliation on one thread: it has so much
/// time, and asks for so many pages.
class MessageSearch {
  public:
    /// Time on a clock that never jumps. Injected, so that tests decide when the time is up.
    using Elapsed = std::function<std::chrono::microseconds()>;
    /// Takes a page, latest message first; true: the next one is wanted.
    using Visit = std::function<bool(const std::vector<ListedMessage>&)>;

    MessageSearch(const plugin::HttpClient& client, const Account& account, Elapsed elapsed);

    /// Shows the pages until the visitor has seen enough, or to the list's end. Throws plugin::Failure with
    /// JACKGW_E_UNAVAILABLE where Twilio takes no questions for now, else with why the list can't be read to
    /// where it is wanted: then nothing follows from what isn't in it.
    void run(const Parameters& filter, const Visit& visit);

  private:
    ListPage fetch(const std::string& url);

    const plugin::HttpClient& client_;
    const Account& account_;
    const Elapsed elapsed_;
    const std::chrono::microseconds end_;
    int pages_ = 0;
};

/// The page in an answer. Throws as MessageSearch::run. Pure.
ListPage page_of(const plugin::HttpAnswer& answer, std::string_view account_sid);

/// The URL of the page behind: only ever one of the same account's list at the configured address, whatever
/// an answer says. Throws plugin::Failure where it leads elsewhere. Pure.
std::string next_url(const Account& account, std::string_view next);

}  // namespace jackgw::sms
