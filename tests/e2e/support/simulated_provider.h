#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "../../support/process.h"
#include "http_user.h"

namespace jackgw::test {

inline constexpr const char* hotel_number = "+15551234567";
inline constexpr const char* guest_number = "+15559876543";
inline constexpr const char* account_sid = "AC0123456789abcdef0123456789abcdef";
inline constexpr const char* auth_token = "fedcba9876543210fedcba9876543210";

/// An account that a simulator plays.
struct ProviderAccount {
    std::string sid = account_sid;
    std::string token = auth_token;
    std::string number = hotel_number;
};

/// What the programs would take from the environment of whoever runs the tests, emptied.
std::map<std::string, std::string> clean_environment();

/// How a command ended and what it printed, both streams together.
struct Finished {
    int exit_code = -1;
    std::string output;
};

/// `twilio-sim serve` as a process on a port that the system chose, with its remote control and its guest's
/// phone.
class SimulatedProvider {
  public:
    /// `arguments` are added to those of the account.
    explicit SimulatedProvider(const std::vector<std::string>& arguments,
                               const ProviderAccount& account = {});

    const std::string& url() const { return url_; }

    /// Where guests' texts go.
    void set_sms_url(const std::string& url);
    /// Lets `count` requests to create a message go wrong (0: all), only those to `to` if it isn't empty.
    void add_fault(const std::string& kind, int value, int count, const std::string& to = {});
    /// The same with all that a fault may have; see the simulator's control API.
    void add_fault(const Json& fault);
    void clear_faults();
    /// How long after its creation a message appears in lists.
    void set_list_delay(std::chrono::milliseconds delay);
    /// Refuses connections for so long, the tests' own included.
    void go_away(std::chrono::seconds time);
    /// Where messages to that number end: "delivered", "undelivered:30003", …
    void set_outcome(const std::string& to, const std::string& outcome);

    /// What the REST API shows of the account and what it has; see inventory_control.h.
    void set_up_account(const Json& setup);
    void set_up_number(const std::string& number, Json setup);
    void set_up_service(const std::string& sid, Json setup);

    /// Counts and records; see the simulator's control API.
    Json state();
    std::int64_t create_requests() { return state().at("createRequests"); }
    /// All messages to and from a number, oldest first.
    Json messages_with(const std::string& number);
    /// All messages to and from anybody, oldest first.
    Json all_messages();

    /// A command of the guest's phone: {"text", "--from", …} or {"inbox", …}.
    Finished phone(std::vector<std::string> arguments);
    /// A text from a guest, which the gateway must take; gives its SID. `to`: empty, the first number.
    std::string text(const std::string& from, const std::string& body,
                     const std::vector<std::string>& media = {}, const std::string& to = {});

  private:
    void control(const std::string& path, const Json& wish);

    HttpUser http_;
    Process process_;
    std::string url_;
};

}  // namespace jackgw::test
