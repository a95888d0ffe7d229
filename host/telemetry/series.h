#pragma once

#include <prometheus/family.h>
#include <prometheus/histogram.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace jackgw::telemetry {

/// The series of one metric family, found by the values of their labels. prometheus-cpp makes a new metric
/// for every look-up, only to drop it when there is one already; that is too dear for each request. Safe from
/// any thread.
template <class Metric>
class LabelledSeries {
  public:
    LabelledSeries(prometheus::Family<Metric>& family, std::vector<std::string> names,
                   prometheus::Histogram::BucketBoundaries buckets = {})
        : family_(family), names_(std::move(names)), buckets_(std::move(buckets)) {}

    Metric& at(const std::vector<std::string>& values) {
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = known_.find(values); found != known_.end()) return *found->second;
        }
        const std::unique_lock lock(mutex_);
        Metric& metric = make(values);
        known_[values] = &metric;
        return metric;
    }

  private:
    Metric& make(const std::vector<std::string>& values) {
        prometheus::Labels labels;
        for (std::size_t i = 0; i < names_.size(); ++i) labels[names_[i]] = values.at(i);
        if constexpr (std::is_same_v<Metric, prometheus::Histogram>) {
            return family_.Add(labels, buckets_);
        } else {
            return family_.Add(labels);
        }
    }

    prometheus::Family<Metric>& family_;
    const std::vector<std::string> names_;
    const prometheus::Histogram::BucketBoundaries buckets_;
    std::shared_mutex mutex_;
    std::map<std::vector<std::string>, Metric*> known_;  // owned by the family
};

}  // namespace jackgw::telemetry
