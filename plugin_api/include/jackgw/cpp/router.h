/// jackgw.router/1 in C++: routes as member functions that return their answer.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/router.h>

#include <string>
#include <string_view>

namespace jackgw::plugin {

/// An answer to a request. No Content-Type is sent where `content_type` is empty.
struct Response {
    int32_t status = 200;
    std::string content_type{};
    std::string body{};
};

inline void respond(const jackgw_responder& responder, const Response& response) noexcept {
    responder.set_status(responder.target, response.status);
    if (!response.content_type.empty()) {
        responder.add_header(responder.target, str("Content-Type"), str(response.content_type));
    }
    if (!response.body.empty()) responder.write(responder.target, str(response.body));
}

/// The class of a member function.
template <class Method>
struct ClassOf;
template <class Class, class Method>
struct ClassOf<Method Class::*> {
    using Type = Class;
};

/// A route handler made of a member function of the instance, `Response method(const jackgw_request&)`. What
/// it throws becomes the host's 500 (503 for a Failure with JACKGW_E_UNAVAILABLE), after
/// `instance.note_failure(text)`, where the instance has such a function.
template <auto Method>
jackgw_status handle_route(typename ClassOf<decltype(Method)>::Type* instance, uint64_t /*tag*/,
                           const jackgw_request* request, const jackgw_responder* responder) noexcept {
    TextSink error;
    const jackgw_status status =
        guard(error.sink(), [&] { respond(*responder, (instance->*Method)(*request)); });
    if constexpr (requires { instance->note_failure(std::string_view{}); }) {
        if (status != JACKGW_OK) instance->note_failure(error.text());
    }
    return status;
}

/// Registers routes and the sender while the instance is created.
class Router {
  public:
    explicit Router(const Host& host)
        : host_(host.handle()), table_(host.require<jackgw_router>(JACKGW_EXT_ROUTER)) {}

    /// Throws Failure, e.g. where another channel has the path.
    void add_route(uint32_t methods, std::string_view path, jackgw_route_handler handle,
                   uint64_t tag = 0) const {
        require_member(table_, &jackgw_router::add_route, "jackgw.router/1 add_route");
        const jackgw_route route{sizeof route, methods, str(path), tag, handle};
        TextSink error;
        check(table_->add_route(host_, &route, error.sink()), error);
    }

    /// The table must live as long as the instance. Throws Failure.
    void set_sender(const jackgw_sender& sender) const {
        require_member(table_, &jackgw_router::set_sender, "jackgw.router/1 set_sender");
        TextSink error;
        check(table_->set_sender(host_, &sender, error.sink()), error);
    }

  private:
    jackgw_host* host_;
    const jackgw_router* table_;
};

}  // namespace jackgw::plugin
