#pragma once

#include <memory>
#include <mutex>

#include "http/route_table.h"

namespace jackgw::http {

/// Finds who answers a request: routes that are fixed at the start, then the ones published last (the
/// channels'), then what those reserve, then the fallback. Safe from any thread; a request in flight keeps
/// the table that it began with, and nobody waits for a table that is being built.
class Router {
  public:
    /// `fallback` answers unknown paths; without one they are answered 404.
    explicit Router(RouteTable fixed, Handler fallback = {});

    /// Replaces the published routes as a whole: a request sees either the old ones or the new ones.
    void publish(RouteTable table);

    Response handle(const Request& request) const;

  private:
    std::shared_ptr<const RouteTable> current() const;

    const RouteTable fixed_;
    const Handler fallback_;
    mutable std::mutex mutex_;  // held for the copy of a pointer
    std::shared_ptr<const RouteTable> published_;
};

}  // namespace jackgw::http
