#pragma once

#include <optional>
#include <string>

#include "http_server.h"
#include "inventory.h"

namespace jackgw::sms::simulator {

/// The account's own resources, read only: the account, its numbers and short codes below
/// /2010-04-01/Accounts/{AC}, its messaging services and their senders below /v1/Services. Paths and members
/// as the official client has them (npm twilio, lib/rest). Safe from any thread.
class InventoryApi {
  public:
    InventoryApi(std::string account_sid, const Inventory& inventory);

    /// Nothing: the path is none of these.
    std::optional<HttpResponse> handle(const HttpRequest& request) const;

  private:
    std::optional<HttpResponse> service_resource(const HttpRequest& request, const Setup& setup) const;

    const std::string account_sid_;
    const Inventory& inventory_;
};

}  // namespace jackgw::sms::simulator
