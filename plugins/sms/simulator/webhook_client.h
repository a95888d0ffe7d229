#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "sms/webhooks/form.h"
#include "target_url.h"

namespace jackgw::sms::simulator {

/// What came of one POST.
struct WebhookAnswer {
    int status = 0;  // 0: no answer; then `error` says why
    std::string content_type{};
    std::string body{};
    std::string error{};
    bool connected = false;  // false: surely nothing was sent

    bool ok() const { return status >= 200 && status < 300; }
};

/// True if the provider would send this request again, `retries` times having been tried already.
bool should_retry(const TargetUrl& url, const WebhookAnswer& answer, unsigned retries);

/// Posts forms signed with the account's token, each over a connection of its own. Safe from any thread.
class WebhookClient {
  public:
    /// `connect_to` ("127.0.0.1:8080", or empty) replaces the URL's host for connecting only: so a gateway
    /// whose public URL is https://hotel.example.com can be reached on this machine. Without it only http
    /// URLs can be called.
    WebhookClient(std::string auth_token, std::string connect_to);

    /// One attempt with the provider's time-outs; never throws. The token tells a repetition from a new
    /// request.
    WebhookAnswer post(const TargetUrl& url, const Parameters& form,
                       const std::string& idempotency_token) const;

    /// Requests under way end with an error at once, as do later ones.
    void stop() { stopping_ = true; }

  private:
    WebhookAnswer exchange(const TargetUrl& url, const Parameters& form, const std::string& token) const;

    const std::string auth_token_;
    const std::string connect_to_;
    std::atomic<bool> stopping_ = false;
};

}  // namespace jackgw::sms::simulator
