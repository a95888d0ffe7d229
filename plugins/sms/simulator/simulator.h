#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checks.h"
#include "delivery_plan.h"
#include "faults.h"

namespace jackgw::sms::simulator {

/// All that `twilio-sim serve` can be told.
struct SimulatorOptions {
    std::uint16_t port = 0;
    std::string state_file;  // empty: everything is forgotten at the end
    std::string account_sid;
    std::string auth_token;
    std::vector<std::pair<std::string, std::string>> api_keys;  // SID and secret
    std::vector<std::string> numbers;                           // the first is the default one
    std::vector<std::string> messaging_services;
    std::string sms_url;
    std::string connect_to;
    bool advanced_opt_out = false;
    CallbackOptions callbacks;
    std::chrono::milliseconds list_delay{3000};  // after which a message appears in lists
    std::uint64_t seed = 0;
    std::vector<Fault> faults;
    std::vector<std::pair<std::string, Outcome>> outcomes;  // by recipient
};

/// The whole simulator: account, phone, callbacks, faults behind one HTTP server on 127.0.0.1. It runs from
/// construction to destruction, which forgets callbacks that are still due and ends requests under way.
class Simulator {
  public:
    /// Throws if the port is taken or the state file can't be used.
    explicit Simulator(SimulatorOptions options);
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    std::uint16_t port() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jackgw::sms::simulator
