#pragma once

#include <jackgw/cpp/self_test.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sms/account.h"
#include "sms/self_test/asker.h"
#include "sms/self_test/resources.h"
#include "sms/senders.h"

namespace jackgw::sms::self_test {

/// What is configured to be sent from by way of one account.
struct ConfiguredSenders {
    std::vector<std::string> numbers;  ///< and short codes
    std::vector<std::string> services;
    std::vector<std::string> names;
};

ConfiguredSenders senders_of(const Senders& senders, std::string_view account_sid);

/// The checks of one account. Made for one run.
class AccountChecks {
  public:
    /// `expected_url`: where Twilio is to take what guests write.
    AccountChecks(const Asker& asker, const Account& account, ConfiguredSenders senders,
                  std::string expected_url, const std::function<void(const plugin::Check&)>& put);

    void run();

  private:
    bool check_account();
    void read_services();
    /// Reads the service's senders and keeps it; false: they can't be read, which is told.
    bool add_service(Service service);
    /// The senders on all pages below a service, e.g. "/PhoneNumbers".
    bool read_senders_of(Service& service, std::string_view list);
    void check_number(const std::string& number);
    void check_service(const std::string& sid);
    const Service* service_of(std::string_view sid) const;
    const Service* service_with(std::string_view number) const;

    const Asker& asker_;
    const Account& account_;
    const ConfiguredSenders senders_;
    const std::string expected_url_;
    const std::string messaging_url_;
    const std::function<void(const plugin::Check&)>& put_;
    std::vector<Service> services_;
};

}  // namespace jackgw::sms::self_test
