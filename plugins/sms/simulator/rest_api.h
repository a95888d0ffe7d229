#pragma once

#include <string>
#include <utility>
#include <vector>

#include "account.h"
#include "checks.h"
#include "faults.h"
#include "http_server.h"
#include "inventory_api.h"
#include "media.h"
#include "shapes.h"
#include "sids.h"
#include "status_callbacks.h"
#include "traffic.h"

namespace jackgw::sms::simulator {

/// The part of the provider's REST API that a gateway uses. Safe from any thread.
class RestApi {
  public:
    struct Options {
        std::string account_sid;
        /// User and password pairs: the account with its token, and API keys.
        std::vector<std::pair<std::string, std::string>> credentials;
        Senders senders;
        std::string default_sender;  // the number that a messaging service takes
    };
    RestApi(Options options, const Clock& clock, Account& account, StatusCallbacks& callbacks,
            FaultBox& faults, MediaBox& media, Traffic& traffic, const Inventory& inventory);

    HttpResponse handle(const HttpRequest& request);

  private:
    HttpResponse messages(const HttpRequest& request);
    HttpResponse one_message(const HttpRequest& request, const std::string& sid);
    HttpResponse create(const HttpRequest& request);
    HttpResponse accept(const CreateRequest& request);
    HttpResponse list(const HttpRequest& request);
    HttpResponse update(const HttpRequest& request, const std::string& sid);
    HttpResponse changed(Account::Change change, const HttpRequest& request, const std::string& sid,
                         int refusal);
    HttpResponse refuse(const ApiError& error);
    bool is_authentic(const std::string& authorization) const;

    const Options options_;
    const Clock& clock_;
    Account& account_;
    StatusCallbacks& callbacks_;
    FaultBox& faults_;
    MediaBox& media_;
    Traffic& traffic_;
    const Shapes shapes_;
    const InventoryApi inventory_;
    SidGenerator sids_;
};

}  // namespace jackgw::sms::simulator
