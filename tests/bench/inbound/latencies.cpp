#include "latencies.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace jackgw::bench {

namespace {

// Buckets of one microsecond up to `steps`, then `steps` of them for each doubling.
constexpr std::uint64_t steps = 64;

std::size_t bucket_of(std::uint64_t micros) {
    if (micros < steps) return static_cast<std::size_t>(micros);
    const auto doublings = static_cast<std::uint64_t>(std::bit_width(micros) - std::bit_width(steps));
    return static_cast<std::size_t>((doublings + 1) * steps + ((micros >> doublings) - steps));
}

/// The greatest value of a bucket.
double upper_end(std::size_t bucket) {
    if (bucket < steps) return static_cast<double>(bucket);
    const auto doublings = bucket / steps - 1;
    return static_cast<double>(((bucket % steps + steps + 1) << doublings) - 1);
}

}  // namespace

void Latencies::add(std::chrono::nanoseconds latency) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(latency).count();
    const std::size_t bucket = bucket_of(static_cast<std::uint64_t>(std::max<std::int64_t>(micros, 0)));
    if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
    ++buckets_[bucket];
    ++count_;
}

void Latencies::add(const Latencies& other) {
    buckets_.resize(std::max(buckets_.size(), other.buckets_.size()));
    for (std::size_t i = 0; i < other.buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
}

double Latencies::quantile_ms(double part) const {
    const auto rank = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen >= rank && seen > 0) return upper_end(i) / 1000;
    }
    return 0;
}

}  // namespace jackgw::bench
