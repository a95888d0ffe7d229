#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a self-test looks at of Twilio's resources, read from their JSON. Paths and members as the official
/// client (npm `twilio`) has them: lib/rest/api/v2010/account.js, account/incomingPhoneNumber.js,
/// account/shortCode.js, lib/rest/messaging/v1/service.js, service/phoneNumber.js, service/shortCode.js,
/// service/alphaSender.js. Pure.
namespace jackgw::sms::self_test {

struct AccountState {
    std::string status;  ///< "active", "suspended" or "closed"
    std::string type;    ///< "Trial" or "Full"
};

/// A number or a short code of the account's.
struct OwnNumber {
    std::string number;
    bool sms = true;
    bool mms = true;
    std::string sms_url{};
    std::string sms_method{};
    std::string sms_application_sid{};  ///< not empty: the application's URL counts, not the number's
};

struct Service {
    std::string sid;
    std::string name;
    std::string inbound_request_url;
    std::string inbound_method;
    bool use_inbound_webhook_on_number = false;  ///< the numbers' own URLs count, not the service's
    std::vector<std::string> senders{};          ///< its numbers, short codes and names
};

/// Nothing: not such a resource.
std::optional<AccountState> read_account(const std::string& body);
std::optional<Service> read_service(const std::string& body);

/// The entry of that number in IncomingPhoneNumbers.json or SMS/ShortCodes.json. A short code has no
/// capabilities of its own; it is taken to have them.
std::optional<OwnNumber> find_number(const std::string& body, std::string_view number);

/// A page of Services.
std::vector<Service> read_services(const std::string& body);

/// The senders on a page of a service's PhoneNumbers, ShortCodes or AlphaSenders.
std::vector<std::string> read_senders(const std::string& body);

/// Path and query of the page that follows; empty: none. The host is left out: requests go to the one that
/// the configuration names, whatever an answer says.
std::string next_page(const std::string& body);

}  // namespace jackgw::sms::self_test
