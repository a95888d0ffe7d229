#include "api/api.h"

#include <utility>

#include "api/error.h"
#include "http/answers.h"

namespace jackgw::api {

namespace {

constexpr std::string_view base = "/api/v1";

Routes concatenate(std::initializer_list<Routes> parts) {
    Routes all;
    for (const Routes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace

Api::Api(const std::vector<Token>& tokens, store::Readers& readers, store::Desk& desk,
         store::Administration& administration, conversations::Submission& submission,
         const ChannelDirectory& channels, PluginControl& plugins, const MediaLimits& media_limits,
         HoldsLifted lifted)
    : gatekeeper_(tokens),
      messages_(readers, desk, submission, channels),
      conversations_(readers, desk, submission),
      guests_(readers, desk, channels),
      media_(readers, channels, media_limits),
      outbox_(administration, channels, std::move(lifted)),
      failed_(administration, readers, submission),
      plugins_(plugins),
      routes_(concatenate({messages_.routes(), media_.routes(), conversations_.routes(), guests_.routes(),
                           outbox_.routes(), failed_.routes(), plugins_.routes()})),
      table_(make_table()) {}

http::RouteTable Api::make_table() const {
    std::vector<http::Route> guarded;
    for (const Route& route : routes_)
        guarded.push_back({route.method, std::string(base) + route.path,
                           [this, &route](const http::Request& request, const http::PathParameters& path) {
                               const Caller caller = gatekeeper_.identify(request);
                               Gatekeeper::require(caller, route.access);
                               return route.handler({request, path, caller});
                           }});
    return http::RouteTable(std::move(guarded));
}

bool Api::owns(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

http::Response Api::handle(const http::Request& request) const {
    try {
        auto response = table_.answer(request);
        // Routes ask for the caller themselves. What the table says alone is not for strangers either.
        if (!response || response->status == 405) gatekeeper_.identify(request);
        return response ? *std::move(response) : http::edge_answer(404, request.path);
    } catch (const ApiError& error) {
        return error.response();
    }
}

}  // namespace jackgw::api
