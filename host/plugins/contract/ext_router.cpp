#include <algorithm>
#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/extensions.h"

namespace jackgw::plugins {

namespace {

constexpr std::string_view webhook_prefix = "/webhooks/";
constexpr std::uint32_t known_methods = JACKGW_METHOD_GET | JACKGW_METHOD_POST;

/// Paths are compared as they come from the wire, so that they are kept to what needs no escape.
bool is_plain_path(std::string_view path) {
    return path.size() > webhook_prefix.size() && path.starts_with(webhook_prefix) &&
           path.find("//") == std::string_view::npos && std::ranges::all_of(path, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '/' || c == '-' || c == '_' || c == '.';
           });
}

jackgw_status add_route(jackgw_host* host, const jackgw_route* route, jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_registering(*host, error); status != JACKGW_OK) return status;
        if (route == nullptr ||
            !covers(route->struct_size, offsetof(jackgw_route, handle) + sizeof(route->handle)) ||
            route->handle == nullptr)
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the route is incomplete");
        const std::string path(view(route->path));
        if (!is_plain_path(path))
            return refuse(
                error, JACKGW_E_INVALID_ARGUMENT,
                "the route '" + path + "' must begin with /webhooks/ and use letters, digits, - _ . / only");
        if ((route->methods & known_methods) == 0 || (route->methods & ~known_methods) != 0)
            return refuse(error, JACKGW_E_INVALID_ARGUMENT,
                          "the route '" + path + "' names no or unknown methods");
        if (host->registrations.find(path) != nullptr)
            return refuse(error, JACKGW_E_CONFLICT, "the route '" + path + "' was registered before");
        if (host->taken_elsewhere(path))
            return refuse(error, JACKGW_E_CONFLICT, "the route '" + path + "' belongs to another channel");
        host->registrations.routes.push_back({path, route->methods, route->tag, route->handle});
        return jackgw_status{JACKGW_OK};
    });
}

jackgw_status set_sender(jackgw_host* host, const jackgw_sender* sender, jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_registering(*host, error); status != JACKGW_OK) return status;
        if (sender == nullptr ||
            !covers(sender->struct_size, offsetof(jackgw_sender, send) + sizeof(sender->send)) ||
            sender->send == nullptr)
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the sender has no send function");
        if (host->registrations.sender != nullptr)
            return refuse(error, JACKGW_E_CONFLICT, "the channel has a sender already");
        host->registrations.sender = sender;
        return jackgw_status{JACKGW_OK};
    });
}

}  // namespace

const Route* Registrations::find(std::string_view path) const {
    const auto found = std::ranges::find(routes, path, &Route::path);
    return found == routes.end() ? nullptr : &*found;
}

const jackgw_router router_extension = {sizeof(jackgw_router), 0, &add_route, &set_sender};

}  // namespace jackgw::plugins
