#pragma once

#include <chrono>
#include <optional>

#include "account.h"
#include "faults.h"
#include "http_server.h"
#include "phone.h"
#include "shapes.h"
#include "status_callbacks.h"
#include "traffic.h"

namespace jackgw::sms::simulator {

/// What has no counterpart at the provider: the remote control of the simulator, below /sim/, for the
/// commands and for tests. Safe from any thread.
///
///   GET    /sim/state             counts, the latest callbacks and texts, opt-outs, faults
///   GET    /sim/messages?with=…   all messages to and from a number (none given: everybody's), oldest first;
///                                 of each also status_callback and the gateway's attempt that it names
///   POST   /sim/texts             {from, to?, body, media?, times?}: a guest writes; the gateway's answer.
///                                 Media are URLs, or {contentType, data} with the data in base64
///   POST   /sim/faults            {kind, value?, status?, count?, to?, seconds?, contentType?, body?,
///                                 retryAfter?, retryAfterIsDate?, lateMs?}; to may end in a star, seconds is
///                                 for how long it is in force, lateMs how long a refusal takes
///   DELETE /sim/faults
///   POST   /sim/list              {delayMs}: how long after its creation a message appears in lists
///   POST   /sim/absence           {seconds}: refuse connections for so long
///   POST   /sim/outcomes          {to, outcome}: where messages to a recipient end
///   POST   /sim/webhooks          {smsUrl}: where guests' texts go from now on
///
/// What the account is and has is set up by InventoryControl.
class ControlApi {
  public:
    ControlApi(std::string default_number, Shapes shapes, Account& account, Phone& phone,
               StatusCallbacks& callbacks, FaultBox& faults, Traffic& traffic, const Clock& clock);

    HttpResponse handle(const HttpRequest& request);
    /// For how long the simulator goes away when this request has been answered; nothing: it stays.
    static std::optional<std::chrono::milliseconds> absence_of(const HttpRequest& request);

  private:
    HttpResponse state() const;
    HttpResponse messages(const HttpRequest& request) const;
    HttpResponse text(const HttpRequest& request);
    HttpResponse add_fault(const HttpRequest& request);
    HttpResponse set_outcome(const HttpRequest& request);
    HttpResponse set_list(const HttpRequest& request);
    HttpResponse set_webhooks(const HttpRequest& request);

    const std::string default_number_;
    const Shapes shapes_;
    Account& account_;
    Phone& phone_;
    StatusCallbacks& callbacks_;
    FaultBox& faults_;
    Traffic& traffic_;
    const Clock& clock_;
};

}  // namespace jackgw::sms::simulator
