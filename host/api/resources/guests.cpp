#include "api/resources/guests.h"

#include "api/body.h"
#include "api/error.h"
#include "api/model_json.h"
#include "api/paging.h"
#include "base/ids.h"

namespace jackgw::api {

namespace {

constexpr std::size_t max_name_bytes = 200;
constexpr std::size_t max_notes_bytes = 10'000;

JsonObject show(store::Store& store, const Guest& guest) {
    return to_json(guest, store.consents(guest.id));
}

}  // namespace

GuestsResource::GuestsResource(store::Store& store, const ChannelDirectory& channels, const Clock& clock)
    : store_(store), channels_(channels), clock_(clock) {}

Routes GuestsResource::routes() {
    return {
        {"GET", "/guests", Access::reader, [this](const Call& call) { return list(call); }},
        {"GET", "/guests/{id}", Access::reader, [this](const Call& call) { return get(call); }},
        {"PATCH", "/guests/{id}", Access::agent, [this](const Call& call) { return patch(call); }},
    };
}

http::Response GuestsResource::list(const Call& call) {
    const Query query(call.request, {"channel", "address", "cursor", "limit"});
    const TextPage page = text_page(query, CursorKind::guests);
    if (!page.after.empty() && !is_uuid(page.after))
        throw invalid("cursor", "cursor is not one that this list has given as nextCursor");
    const auto channel = query.get("channel");
    const auto address = query.get("address");
    if (channel.has_value() != address.has_value())
        throw invalid(channel ? "address" : "channel",
                      "channel and address must be given together, or neither");

    std::vector<Guest> guests;
    std::optional<std::string> next;
    if (channel) {
        guests = find_by_address(*channel, *address);
    } else {
        guests = store_.guests(page.after, page.limit + 1);  // one more tells whether there are more
        if (guests.size() > page.limit) {
            guests.resize(page.limit);
            next = encode_cursor(CursorKind::guests, guests.back().id);
        }
    }
    JsonArray items = new_array();
    for (const Guest& guest : guests) items->add(show(store_, guest));
    return list_response(items, next);
}

std::vector<Guest> GuestsResource::find_by_address(const std::string& channel, std::string address) {
    // A '+' that the caller didn't encode arrives as a space; no address begins with one.
    if (address.front() == ' ') address.front() = '+';
    // Without its plugin a channel's guests are still found by the address as it is stored.
    if (const auto mapper = channels_.mapper(channel)) {
        auto normalized = mapper->normalize_address(address);
        if (const auto* problem = std::get_if<Problem>(&normalized))
            throw ApiError(422, problem->code, problem->message, "address");
        address = std::get<std::string>(std::move(normalized));
    }
    auto guest = store_.guest_by_address(channel, address);
    if (!guest) return {};
    return {*std::move(guest)};
}

http::Response GuestsResource::get(const Call& call) {
    return data_response(show(store_, find(id_of(call, "guest"))));
}

http::Response GuestsResource::patch(const Call& call) {
    const std::string id = id_of(call, "guest");
    const Body body(call.request, {"name", "notes"});
    if (!body.has("name") && !body.has("notes"))
        throw invalid("", "Give name, notes or both; null clears one");
    std::optional<std::string> name;
    std::optional<std::string> notes;
    if (body.has("name")) name = body.text("name", max_name_bytes).value_or("");
    if (body.has("notes")) notes = body.text("notes", max_notes_bytes).value_or("");
    store_.update_guest(id, name, notes, clock_.now());
    return data_response(show(store_, find(id)));
}

Guest GuestsResource::find(const std::string& id) {
    auto guest = store_.guest(id);
    if (!guest) throw not_found("There is no guest of this id");
    return *std::move(guest);
}

}  // namespace jackgw::api
