#include "commits.h"

#include <stdexcept>
#include <string>

#include "base/time.h"
#include "http/client.h"

namespace jackgw::bench {

namespace {

double value_of(const std::string& metrics, const std::string& name) {
    const auto at = metrics.find("\n" + name + " ");
    return at == std::string::npos ? 0 : std::stod(metrics.substr(at + name.size() + 2, 32));
}

}  // namespace

void Commits::add(const Commits& other) {
    count += other.count;
    operations += other.operations;
    seconds += other.seconds;
}

Commits Commits::since(const Commits& earlier) const {
    return {count - earlier.count, operations - earlier.operations, seconds - earlier.seconds};
}

Commits read_commits(std::uint16_t port) {
    const SystemClock clock;
    http::Client client({}, clock);
    http::ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(port) + "/metrics";
    request.total_timeout = std::chrono::seconds{10};
    const http::ClientResult result = client.perform(request);
    if (result.kind != http::ClientResult::Kind::complete)
        throw std::runtime_error("/metrics: " + result.error);
    return {value_of(result.body, "jackgw_store_batch_operations_count"),
            value_of(result.body, "jackgw_store_batch_operations_sum"),
            value_of(result.body, "jackgw_store_commit_duration_seconds_sum")};
}

}  // namespace jackgw::bench
