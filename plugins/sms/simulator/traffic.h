#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace jackgw::sms::simulator {

/// One attempt to tell the gateway something.
struct WebhookRecord {
    std::string sid;
    std::string told;  // a status word, or "received" for a guest's text
    std::string url;
    unsigned attempt = 1;
    int answer_status = 0;
    std::string error;
};

struct TrafficCounts {
    std::uint64_t create_requests = 0;  // all that arrived, refused and faulted ones included
    std::uint64_t accepted = 0;
    std::map<int, std::uint64_t> refused;  // by error code
    std::map<std::string, std::uint64_t> faulted;
    std::uint64_t callbacks_sent = 0;
    std::map<int, std::uint64_t> callback_answers;  // by status, 0: none
    std::uint64_t texts_sent = 0;
    std::map<int, std::uint64_t> text_answers;
};

/// Counts what went through the simulator and remembers the latest callbacks and texts. Safe from any thread.
class Traffic {
  public:
    void count_create_request();
    void count_accepted();
    void count_refused(int code);
    void count_faulted(std::string_view kind);
    void record_callback(WebhookRecord record);
    void record_text(WebhookRecord record);

    TrafficCounts counts() const;
    std::deque<WebhookRecord> callbacks() const;
    std::deque<WebhookRecord> texts() const;

  private:
    static constexpr std::size_t max_records = 2000;
    static void keep(std::deque<WebhookRecord>& records, WebhookRecord record);

    mutable std::mutex mutex_;
    TrafficCounts counts_;
    std::deque<WebhookRecord> callbacks_, texts_;
};

}  // namespace jackgw::sms::simulator
