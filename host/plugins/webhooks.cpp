#include "plugins/webhooks.h"

#include <vector>

#include "plugins/contract/text.h"

/// The responder's target as the plugin sees it.
struct jackgw_responder_target {
    jackgw::http::Response response;
};

namespace jackgw::plugins {

namespace {

constexpr std::size_t max_answer = std::size_t{64} * 1024;
constexpr int retry_after_seconds = 2;

http::Response empty_answer(int status) {
    return {status, {}, {}};
}

http::Response not_ready() {
    return {503, {{"Retry-After", std::to_string(retry_after_seconds)}}, {}};
}

void set_status(jackgw_responder_target* target, std::int32_t status) noexcept {
    target->response.status = status >= 100 && status <= 599 ? status : 500;
}

void add_header(jackgw_responder_target* target, jackgw_str name, jackgw_str value) noexcept {
    const auto broken = [](std::string_view text) {
        return text.find_first_of("\r\n") != std::string_view::npos;
    };
    if (broken(view(name)) || broken(view(value))) return;
    target->response.headers.push_back({std::string(view(name)), std::string(view(value))});
}

void write(jackgw_responder_target* target, jackgw_str piece) noexcept {
    std::string& body = target->response.body;
    if (body.size() + piece.length <= max_answer) body.append(view(piece));
}

std::uint32_t method_bit(std::string_view method) {
    if (method == "GET" || method == "HEAD") return JACKGW_METHOD_GET;  // the edge drops a HEAD's body
    if (method == "POST") return JACKGW_METHOD_POST;
    return 0;
}

http::Response wrong_method(std::uint32_t allowed) {
    std::string methods;
    if ((allowed & JACKGW_METHOD_GET) != 0) methods = "GET";
    if ((allowed & JACKGW_METHOD_POST) != 0) methods += methods.empty() ? "POST" : ", POST";
    return {405, {{"Allow", methods}}, {}};
}

http::Response call(const Lease& lease, const Route& route, const http::Request& request,
                    const HostServices& services) {
    std::vector<jackgw_pair> headers;
    headers.reserve(request.headers.size());
    for (const http::Header& header : request.headers)
        headers.push_back({to_c(header.name), to_c(header.value)});
    const std::string url = services.public_url + request.target;
    jackgw_request source{};
    source.struct_size = sizeof(source);
    source.method = method_bit(request.method);
    source.target = to_c(request.target);
    source.path = to_c(request.path);
    source.query = to_c(request.query);
    source.url = to_c(url);
    source.headers = {headers.data(), headers.size()};
    source.body = to_c(request.body);
    source.peer = to_c(request.peer);
    source.received_at = to_micros(request.received_at);

    jackgw_responder_target target;
    const jackgw_responder responder{sizeof(responder), 0, &target, &set_status, &add_header, &write};
    jackgw_status status = JACKGW_E_FAILED;
    try {
        status = route.handle(lease->instance(), route.tag, &source, &responder);
    } catch (...) {
        services.log.write(telemetry::Level::error, "the plugin threw an exception out of a route's handler",
                           {{"path", request.path}});
    }
    if (status == JACKGW_OK) return std::move(target.response);
    return status == JACKGW_E_UNAVAILABLE ? not_ready() : empty_answer(500);
}

}  // namespace

Webhooks::Webhooks(const HostServices& services) : services_(services) {}

http::Response Webhooks::handle(const http::Request& request) const {
    const auto current = snapshot();
    const auto owner = current->owners.find(request.path);
    if (owner == current->owners.end()) return current->all_ready ? empty_answer(404) : not_ready();
    const auto lease = owner->second->lease();
    if (!lease) return not_ready();
    const Route* route = (*lease)->registrations().find(request.path);
    if (route == nullptr)
        return empty_answer(404);  // a path of an earlier generation that the live one gave up
    if ((route->methods & method_bit(request.method)) == 0) return wrong_method(route->methods);
    return call(*lease, *route, request, services_);
}

void Webhooks::publish(const std::shared_ptr<const Channel>& channel, const Registrations& registrations) {
    update([&](Snapshot& next) {
        for (const Route& route : registrations.routes) next.owners[route.path] = channel;
    });
}

std::string Webhooks::owner(std::string_view path) const {
    const auto current = snapshot();
    const auto found = current->owners.find(path);
    return found == current->owners.end() ? std::string() : found->second->name();
}

bool Webhooks::taken_elsewhere(std::string_view path, std::string_view channel) const {
    const std::string found = owner(path);
    return !found.empty() && found != channel;
}

void Webhooks::set_all_ready(bool ready) {
    update([&](Snapshot& next) { next.all_ready = ready; });
}

std::shared_ptr<const Webhooks::Snapshot> Webhooks::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void Webhooks::update(const std::function<void(Snapshot&)>& change) {
    auto next = std::make_shared<Snapshot>(*snapshot());
    change(*next);
    const std::lock_guard lock(mutex_);
    snapshot_ = std::move(next);
}

}  // namespace jackgw::plugins
