#pragma once

#include <optional>

#include "http_server.h"
#include "inventory.h"

namespace jackgw::sms::simulator {

/// The remote control of the account's setup; members that are left out stay as they are. Safe from any
/// thread.
///
///   POST /sim/account    {status?, type?}
///   POST /sim/numbers    {number, smsUrl?, smsMethod?, smsApplicationSid?, sms?, mms?, remove?}
///   POST /sim/services   {sid, inboundRequestUrl?, inboundMethod?, useInboundWebhookOnNumber?, numbers?,
///                        names?, remove?}
class InventoryControl {
  public:
    explicit InventoryControl(Inventory& inventory) : inventory_(inventory) {}

    /// Nothing: the request is none of these.
    std::optional<HttpResponse> handle(const HttpRequest& request);

  private:
    Inventory& inventory_;
};

}  // namespace jackgw::sms::simulator
