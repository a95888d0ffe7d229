#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http_user.h"

namespace jackgw::test {

/// A message that the gateway has acknowledged. Its text is nobody else's.
struct Acknowledged {
    std::string id;
    std::string text;
    std::string from;
    std::string to;
};

/// Front desks that send without pause: threads that post messages with idempotency keys, each one again and
/// again until it is acknowledged, whatever becomes of connections and gateways meanwhile. What is sent
/// follows from the seed. No more is sent than was allowed.
class OutboxLoad {
  public:
    struct Options {
        std::string url;  ///< the gateway's
        std::uint64_t seed = 0;
        unsigned threads = 4;
        std::vector<std::string> senders;
        std::vector<std::string> recipients;
    };

    explicit OutboxLoad(Options options);
    ~OutboxLoad();
    OutboxLoad(const OutboxLoad&) = delete;
    OutboxLoad& operator=(const OutboxLoad&) = delete;

    /// So many more may be sent.
    void allow(std::uint64_t more);

    /// Returns when so many are acknowledged in all, or the time is over; says how many are.
    std::uint64_t await_acknowledged(std::uint64_t count, std::chrono::milliseconds longest);

    /// The gateway has gone; it is there again. Meanwhile it is tried now and then only.
    void expect_gap();
    void resume();

    /// Ends the load: what isn't acknowledged by then is given up.
    void stop();

    // After stop:
    const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }
    /// What was answered that no client would repeat.
    const std::vector<std::string>& complaints() const { return complaints_; }
    std::uint64_t repeats() const { return repeats_; }  ///< requests that were made again

  private:
    struct Wish;

    void work();
    Wish wish(std::uint64_t number) const;
    bool insist(const Wish& wish);
    void cancel(const std::string& id);
    bool rest();

    const Options options_;
    HttpUser http_;
    std::atomic<std::uint64_t> repeats_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t next_ = 0;
    std::uint64_t allowed_ = 0;
    bool gap_ = false;
    bool stopping_ = false;
    std::vector<Acknowledged> acknowledged_;
    std::vector<std::string> complaints_;
    std::vector<std::thread> threads_;
};

}  // namespace jackgw::test
