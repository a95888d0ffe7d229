#include "api/resources/outbox.h"

#include "api/body.h"
#include "api/model_json.h"
#include "api/paging.h"

namespace jackgw::api {

OutboxResource::OutboxResource(store::Administration& administration, store::Readers& readers)
    : administration_(administration), readers_(readers) {}

Routes OutboxResource::routes() {
    return {
        {"GET", "/outbox", Access::reader, [this](const Call& call) { return get(call); }},
        {"GET", "/outbox/failed", Access::reader, [this](const Call& call) { return failed(call); }},
        {"POST", "/outbox/pause", Access::admin, [this](const Call& call) { return set_paused(call, true); }},
        {"POST", "/outbox/resume", Access::admin,
         [this](const Call& call) { return set_paused(call, false); }},
    };
}

http::Response OutboxResource::get(const Call& call) {
    return data_response(to_json(administration_.outbox(call.caller.scope)));
}

http::Response OutboxResource::failed(const Call& call) {
    const SeqPage page = seq_page(Query(call.request, {"cursor", "limit"}), CursorKind::failed);
    const auto found = readers_.failed_messages(page.after, page.limit, call.caller.scope);
    return list_response(to_json_array(found.items), next_cursor(CursorKind::failed, found.next));
}

http::Response OutboxResource::set_paused(const Call& call, bool paused) {
    expect_no_body(call.request);
    Gatekeeper::require_all(call.caller, "the brake of the outbox");
    administration_.set_paused(paused);
    return get(call);
}

}  // namespace jackgw::api
