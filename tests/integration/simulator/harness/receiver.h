#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sms/webhooks/form.h"

namespace jackgw::test {

/// A request that came to the receiver.
struct Received {
    std::string target;
    std::string idempotency_token;
    bool signature_holds = false;
    sms::Parameters form;

    std::string operator[](const std::string& name) const { return std::string(sms::value_of(form, name)); }
};

struct ReceiverAnswer {
    int status = 200;
    std::string content_type = "text/xml";
    std::string body = "<Response></Response>";
};

/// Stands where the gateway would: takes webhooks on a port of its own and checks their signatures. Safe from
/// any thread.
class Receiver {
  public:
    explicit Receiver(std::string auth_token);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// "http://127.0.0.1:PORT"
    std::string url() const;
    /// What later requests are answered; called on the server's threads.
    void answer_with(std::function<ReceiverAnswer(const Received&)> answer);
    /// Waits until so many requests have come; what came until then or until the deadline.
    std::vector<Received> wait_for(std::size_t count,
                                   std::chrono::seconds limit = std::chrono::seconds{20}) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jackgw::test
