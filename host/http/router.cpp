#include "http/router.h"

#include "http/answers.h"

namespace jackgw::http {

Router::Router(RouteTable fixed, Handler fallback)
    : fixed_(std::move(fixed)),
      fallback_(std::move(fallback)),
      published_(std::make_shared<const RouteTable>()) {}

void Router::publish(RouteTable table) {
    auto next = std::make_shared<const RouteTable>(std::move(table));
    const std::lock_guard lock(mutex_);
    published_.swap(next);  // `next` outlives the lock, so the old table never dies under it
}

std::shared_ptr<const RouteTable> Router::current() const {
    const std::lock_guard lock(mutex_);
    return published_;
}

Response Router::handle(const Request& request) const {
    if (auto response = fixed_.answer(request)) return *std::move(response);
    const auto published = current();
    if (auto response = published->answer(request)) return *std::move(response);
    if (published->is_reserved(request.path)) return edge_answer(503, request.path);
    return fallback_ ? fallback_(request) : edge_answer(404, request.path);
}

}  // namespace jackgw::http
