#include "api/resources/outbox.h"

#include "api/body.h"
#include "api/model_json.h"
#include "api/paging.h"

namespace jackgw::api {

OutboxResource::OutboxResource(store::Administration& administration, store::Readers& readers,
                               const Clock& clock)
    : administration_(administration), readers_(readers), clock_(clock) {}

Routes OutboxResource::routes() {
    return {
        {"GET", "/outbox", Access::reader, [this](const Call&) { return get(); }},
        {"GET", "/outbox/failed", Access::reader, [this](const Call& call) { return failed(call); }},
        {"POST", "/outbox/pause", Access::admin, [this](const Call& call) { return set_paused(call, true); }},
        {"POST", "/outbox/resume", Access::admin,
         [this](const Call& call) { return set_paused(call, false); }},
    };
}

http::Response OutboxResource::get() {
    return data_response(to_json(administration_.outbox()));
}

http::Response OutboxResource::failed(const Call& call) {
    const SeqPage page = seq_page(Query(call.request, {"cursor", "limit"}), CursorKind::failed);
    const auto found = readers_.failed_messages(page.after, page.limit);
    return list_response(to_json_array(found.items), next_cursor(CursorKind::failed, found.next));
}

http::Response OutboxResource::set_paused(const Call& call, bool paused) {
    expect_no_body(call.request);
    administration_.set_paused(paused, clock_.now());
    return get();
}

}  // namespace jackgw::api
