#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace jackgw::bench {

/// How long answers took, as a histogram: exact below 64 microseconds, then within 1.6 per cent, up to hours.
class Latencies {
  public:
    void add(std::chrono::nanoseconds latency);
    void add(const Latencies& other);

    /// The value in milliseconds that `part` (0 to 1) of the answers did not exceed; 0 without answers.
    double quantile_ms(double part) const;

    std::uint64_t count() const { return count_; }

  private:
    std::vector<std::uint64_t> buckets_;
    std::uint64_t count_ = 0;
};

}  // namespace jackgw::bench
