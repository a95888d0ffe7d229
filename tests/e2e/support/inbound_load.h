#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "stack.h"

namespace jackgw::test {

/// Guests who write without pause: threads that post signed texts, each with a SID of its own, on connections
/// that are kept. Runs from construction to `stop`.
class InboundLoad {
  public:
    /// `guests`: how many numbers write.
    InboundLoad(Stack& stack, unsigned threads, unsigned guests);
    ~InboundLoad();
    InboundLoad(const InboundLoad&) = delete;
    InboundLoad& operator=(const InboundLoad&) = delete;

    /// Between these two a thread whose request gets no answer waits for the second.
    void expect_gap();
    void resume();

    /// Ends the load and waits for its threads.
    void stop();

    /// How many texts were acknowledged so far.
    std::uint64_t acknowledged_count() const { return acknowledged_count_; }

    // After stop:
    /// The SIDs that were answered 200 with the empty TwiML, and the number that wrote each.
    const std::map<std::string, std::string>& acknowledged() const { return acknowledged_; }
    /// What else was answered, or why nothing was.
    const std::vector<std::string>& complaints() const { return complaints_; }

  private:
    void work();
    void note(const std::string& sid, const std::string& from, const std::string& complaint);
    void wait_out_gap();

    Stack& stack_;
    const unsigned guests_;
    std::atomic<std::uint64_t> next_{1};
    std::atomic<std::uint64_t> acknowledged_count_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    bool gap_ = false;
    std::map<std::string, std::string> acknowledged_;
    std::vector<std::string> complaints_;
    std::vector<std::thread> threads_;
};

}  // namespace jackgw::test
