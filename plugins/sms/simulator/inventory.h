#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace jackgw::sms::simulator {

/// How one of the account's numbers or short codes is set up.
struct NumberSetup {
    std::string sms_url;
    std::string sms_method = "POST";
    std::string sms_application_sid{};  // empty: none
    bool sms = true;
    bool mms = true;
};

/// How a messaging service is set up.
struct ServiceSetup {
    std::string inbound_request_url{};  // empty: null, what comes in is dropped
    std::string inbound_method = "POST";
    bool use_inbound_webhook_on_number = false;
    std::set<std::string> numbers{};
    std::set<std::string> names{};  // alphanumeric senders
};

/// What the account is and has, as its owner set it up in the console. It is what the REST API shows; where
/// guests' texts really go is the phone's to say.
struct Setup {
    std::string account_status = "active";
    std::string account_type = "Full";
    std::map<std::string, NumberSetup> numbers{};
    std::map<std::string, NumberSetup> short_codes{};
    std::map<std::string, ServiceSetup> services{};
};

/// The account's setup, changed while the simulator runs. Safe from any thread.
class Inventory {
  public:
    explicit Inventory(Setup setup) : setup_(std::move(setup)) {}

    Setup setup() const {
        const std::lock_guard lock(mutex_);
        return setup_;
    }
    void change(const std::function<void(Setup&)>& edit) {
        const std::lock_guard lock(mutex_);
        edit(setup_);
    }

  private:
    mutable std::mutex mutex_;
    Setup setup_;
};

}  // namespace jackgw::sms::simulator
