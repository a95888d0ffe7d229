#include "api/resources/failed.h"

#include <algorithm>
#include <map>

#include "api/body.h"
#include "api/error.h"
#include "api/model_json.h"
#include "api/paging.h"
#include "api/resources/failed_filter.h"
#include "api/resources/submit.h"

namespace jackgw::api {

namespace {

/// Why messages were not sent anew, and how many for each reason.
using Refused = std::map<std::string, std::int64_t>;

JsonArray refused_json(const Refused& refused) {
    JsonArray array = new_array();
    for (const auto& [code, count] : refused) {
        JsonObject object = new_object();
        object->set("code", code);
        object->set("count", count);
        array->add(object);
    }
    return array;
}

/// A message with media counts as so many: a server is asked about each medium, which may take its time.
constexpr std::int64_t cost_of_media = 50;

/// Never more than was confirmed, should others fail meanwhile.
std::int64_t most_at_once(const Body& body) {
    return std::min(body.number("confirm").value_or(0), FailedResource::max_at_once);
}

}  // namespace

FailedResource::FailedResource(store::Administration& administration, store::Readers& readers,
                               conversations::Submission& submission)
    : administration_(administration), readers_(readers), submission_(submission) {}

Routes FailedResource::routes() {
    return {
        {"GET", "/outbox/failed", Access::reader, [this](const Call& call) { return list(call); }},
        {"POST", "/outbox/failed/retry", Access::admin, [this](const Call& call) { return retry(call); }},
        {"POST", "/outbox/failed/discard", Access::admin, [this](const Call& call) { return discard(call); }},
    };
}

http::Response FailedResource::list(const Call& call) {
    const Query query(call.request, {"channel", "errorCode", "providerErrorCode", "since", "until",
                                     "retryable", "retried", "cursor", "limit"});
    const store::FailedFilter filter = read_failed_filter(query);
    const SeqPage page = seq_page(query, CursorKind::failed);
    const auto found = readers_.failed_messages(filter, page.after, page.limit, call.caller.scope);
    return list_response(to_json_array(found.items), next_cursor(CursorKind::failed, found.next));
}

http::Response FailedResource::retry(const Call& call) {
    const Body body(call.request, {"filter", "dryRun", "confirm"});
    store::FailedFilter filter = read_failed_filter(body);
    if (filter.retried.value_or(false))
        throw invalid("filter.retried",
                      "What was retried is retried one by one, as the chain's last message");
    filter.retried = false;
    if (auto counted = count_first(call, body, filter)) return *std::move(counted);

    std::int64_t left = most_at_once(body);
    std::int64_t budget = max_at_once;
    std::int64_t done = 0;
    Refused refused;
    std::optional<std::int64_t> after;
    do {
        const auto page =
            readers_.failed_messages(filter, after, std::min(left, max_in_transaction), call.caller.scope);
        for (const Message& message : page.items) {
            if (left == 0 || budget <= 0) break;
            --left;
            budget -= message.media.empty() ? 1 : cost_of_media;
            // One message to a transaction, in which is seen that nobody else has retried it meanwhile.
            const auto result = submission_.submit(retry_request(message, call.caller.scope));
            if (const auto* refusal = std::get_if<conversations::Refusal>(&result))
                ++refused[refusal->code];
            else
                ++done;
        }
        after = page.next;
    } while (after && left > 0 && budget > 0);

    JsonObject object = new_object();
    object->set("retried", done);
    object->set("refused", refused_json(refused));
    object->set("remaining", readers_.count_failed(filter, call.caller.scope));
    return data_response(object);
}

http::Response FailedResource::discard(const Call& call) {
    const Body body(call.request, {"filter", "dryRun", "confirm"});
    const store::FailedFilter filter = read_failed_filter(body);
    if (auto counted = count_first(call, body, filter)) return *std::move(counted);

    const std::int64_t most = most_at_once(body);
    std::int64_t done = 0;
    while (done < most) {
        const std::int64_t limit = std::min(most - done, max_in_transaction);
        const std::int64_t now = administration_.discard_failed(filter, limit, call.caller.scope);
        done += now;
        if (now < limit) break;
    }
    JsonObject object = new_object();
    object->set("discarded", done);
    object->set("remaining", readers_.count_failed(filter, call.caller.scope));
    return data_response(object);
}

std::optional<http::Response> FailedResource::count_first(const Call& call, const Body& body,
                                                          const store::FailedFilter& filter) {
    const bool dry_run = body.flag("dryRun").value_or(false);
    const auto confirmed = body.number("confirm");
    if (!dry_run && !confirmed)
        throw invalid("confirm", "Ask with \"dryRun\": true how many it concerns, then confirm that number");
    const std::int64_t count = readers_.count_failed(filter, call.caller.scope);
    if (dry_run) {
        JsonObject object = new_object();
        object->set("count", count);
        return data_response(object);
    }
    if (*confirmed != count)
        throw conflict("COUNT_CHANGED", "It concerns " + std::to_string(count) + " messages now, not " +
                                            std::to_string(*confirmed) +
                                            "; nothing was done. Name an until so that no more come in");
    return std::nullopt;
}

}  // namespace jackgw::api
