#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "account.h"
#include "delivery_plan.h"
#include "sids.h"
#include "traffic.h"
#include "webhook_client.h"

namespace jackgw::sms::simulator {

/// Carries messages along their way and tells the gateway about it by signed callbacks. Threads of its own
/// take whatever is due; a message has at most one callback under way, so `ordered` is what it says. Safe
/// from any thread.
class StatusCallbacks {
  public:
    StatusCallbacks(Account& account, const WebhookClient& client, Traffic& traffic, const Clock& clock,
                    std::string account_sid, CallbackOptions options, std::uint64_t seed);
    ~StatusCallbacks();
    StatusCallbacks(const StatusCallbacks&) = delete;
    StatusCallbacks& operator=(const StatusCallbacks&) = delete;

    /// Where messages to this recipient end from now on.
    void set_outcome(const std::string& recipient, Outcome outcome);

    /// Starts the way of a message, at its hour if it is scheduled. `sender` is what a messaging service
    /// chooses. `reached`: what it had come to in an earlier run.
    void begin(const Message& message, const std::string& sender, std::optional<Status> reached);
    /// Tells that a scheduled message was canceled.
    void tell_canceled(const Message& message);

    /// Forgets what is due and waits for callbacks under way, which the stopped client ends.
    void stop();

  private:
    struct Journey {
        std::string sid;
        std::string sender;
        std::vector<DeliveryStep> steps;
        std::optional<int> error_code;
        std::size_t next = 0;
        unsigned retries = 0;
    };

    void work();
    /// Takes the next step; the time until the one after it, or nothing if that was the last.
    std::optional<std::chrono::milliseconds> step(Journey& journey);
    bool tell(const Journey& journey, const Message& message, Status told);
    void schedule(Time due, Journey journey);

    Account& account_;
    const WebhookClient& client_;
    Traffic& traffic_;
    const Clock& clock_;
    const std::string account_sid_;
    const CallbackOptions options_;
    SidGenerator tokens_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::mt19937_64 random_;
    std::map<std::string, Outcome> outcomes_;
    std::multimap<Time, Journey> due_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace jackgw::sms::simulator
