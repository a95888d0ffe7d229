#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/access.h"
#include "http/message.h"
#include "http/route_table.h"

namespace jackgw::api {

/// A request of somebody who is known and allowed.
struct Call {
    const http::Request& request;
    const http::PathParameters& path;
    const Caller& caller;
};

/// Answers a call; what is wrong with it is thrown as ApiError. Called on several threads at once.
using Handler = std::function<http::Response(const Call&)>;

struct Route {
    std::string method;
    std::string path;  ///< below /api/v1, e.g. "/messages/{id}"
    Access access;     ///< the least that the caller needs
    Handler handler;
};

using Routes = std::vector<Route>;

/// The path's {id}. Throws ApiError 404 for what can't be an id; `what` is the thing that it names.
std::string id_of(const Call& call, const std::string& what);

}  // namespace jackgw::api
