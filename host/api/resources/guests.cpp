#include "api/resources/guests.h"

#include "api/body.h"
#include "api/error.h"
#include "api/model_json.h"
#include "api/paging.h"
#include "api/resources/submit.h"
#include "base/ids.h"

namespace jackgw::api {

namespace {

constexpr std::size_t max_name_bytes = 200;
constexpr std::size_t max_notes_bytes = 10'000;
constexpr std::size_t max_note_bytes = 1000;

JsonObject show(store::Readers& readers, const Call& call, const Guest& guest) {
    return to_json(guest, readers.consents(guest.id, call.caller.scope));
}

/// What staff may record. Asking for help is no consent.
std::optional<ConsentKind> parse_wish(std::string_view text) {
    const auto kind = parse_consent_kind(text);
    return kind == ConsentKind::help ? std::nullopt : kind;
}

std::string read_note(const Body& body) {
    auto note = body.text("note", max_note_bytes);
    if (!note || note->find_first_not_of(" \t\r\n") == std::string::npos)
        throw invalid("note", "note is required: say how the guest said it, such as \"asked at the desk\"");
    return *std::move(note);
}

std::string list_identities(const std::vector<Identity>& identities) {
    std::string list;
    for (const Identity& identity : identities)
        list += (list.empty() ? "" : ", ") + identity.channel + " " + identity.address;
    return list;
}

}  // namespace

GuestsResource::GuestsResource(store::Readers& readers, store::Desk& desk, const ChannelDirectory& channels)
    : readers_(readers), desk_(desk), channels_(channels) {}

Routes GuestsResource::routes() {
    return {
        {"GET", "/guests", Access::reader, [this](const Call& call) { return list(call); }},
        {"GET", "/guests/{id}", Access::reader, [this](const Call& call) { return get(call); }},
        {"PATCH", "/guests/{id}", Access::agent, [this](const Call& call) { return patch(call); }},
        {"POST", "/guests/{id}/consents", Access::agent,
         [this](const Call& call) { return record_consent(call); }},
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
        guests = find_by_address(call, *channel, *address);
    } else {
        // One more tells whether there are more.
        guests = readers_.guests(page.after, page.limit + 1, call.caller.scope);
        if (guests.size() > page.limit) {
            guests.resize(page.limit);
            next = encode_cursor(CursorKind::guests, guests.back().id);
        }
    }
    JsonArray items = new_array();
    for (const Guest& guest : guests) items->add(show(readers_, call, guest));
    return list_response(items, next);
}

std::vector<Guest> GuestsResource::find_by_address(const Call& call, const std::string& channel,
                                                   std::string address) {
    // A '+' that the caller didn't encode arrives as a space; no address begins with one.
    if (address.front() == ' ') address.front() = '+';
    auto guest = readers_.guest_by_address(channel, normalize(call, channel, address), call.caller.scope);
    if (!guest) return {};
    return {*std::move(guest)};
}

std::string GuestsResource::normalize(const Call& call, const std::string& channel,
                                      const std::string& address) const {
    if (!call.caller.scope.includes(channels_.property(channel))) return address;
    const auto mapper = channels_.mapper(channel);
    if (!mapper) return address;
    auto normalized = mapper->normalize_address(address);
    if (const auto* problem = std::get_if<Problem>(&normalized))
        throw ApiError(422, problem->code, problem->message, "address");
    return std::get<std::string>(std::move(normalized));
}

http::Response GuestsResource::get(const Call& call) {
    return data_response(show(readers_, call, find(call)));
}

http::Response GuestsResource::patch(const Call& call) {
    const std::string id = find(call).id;  // first of all: is it the caller's to change?
    const Body body(call.request, {"name", "notes"});
    if (!body.has("name") && !body.has("notes"))
        throw invalid("", "Give name, notes or both; null clears one");
    std::optional<std::string> name;
    std::optional<std::string> notes;
    if (body.has("name")) name = body.text("name", max_name_bytes).value_or("");
    if (body.has("notes")) notes = body.text("notes", max_notes_bytes).value_or("");
    desk_.update_guest(id, name, notes);
    return data_response(show(readers_, call, find(call)));
}

http::Response GuestsResource::record_consent(const Call& call) {
    const Guest guest = find(call);
    const Body body(call.request, {"kind", "channel", "address", "note", "role"});
    auto [key, hash] = read_idempotency_key(call, body.canonical());
    // Before anything is judged that may have changed since: the guest's addresses, how the channel writes
    // them.
    if (const auto earlier = desk_.find_staff_consent(call.caller.name, key, hash))
        return show_consent(call, guest, *earlier);
    store::StaffConsent said = read_consent(call, guest, body);
    said.recorded_by = call.caller.name;
    said.idempotency_key = std::move(key);
    said.request_hash = std::move(hash);
    const auto result = desk_.record_by_staff(said);
    if (result == store::StaffConsentResult::nothing_to_lift)
        throw conflict("NO_STAFF_OPT_OUT",
                       "Staff has recorded no opt-out of " + said.guest.channel + " " + said.guest.address +
                           " that an opt_in could take back. What the guest said by STOP, or the provider "
                           "reported, only the guest lifts, by writing START");
    return show_consent(call, guest, result);
}

http::Response GuestsResource::show_consent(const Call& call, const Guest& guest,
                                            store::StaffConsentResult result) const {
    if (result == store::StaffConsentResult::idempotency_conflict)
        throw conflict("IDEMPOTENCY_CONFLICT",
                       "The Idempotency-Key was used with another request; use a new key for a new consent");
    http::Response response = data_response(show(readers_, call, guest));
    if (result == store::StaffConsentResult::repeated)
        response.headers.push_back({"Idempotency-Replayed", "true"});
    return response;
}

store::StaffConsent GuestsResource::read_consent(const Call& call, const Guest& guest,
                                                 const Body& body) const {
    const auto kind = body.word<ConsentKind>("kind", parse_wish, "opt_out, opt_in");
    if (!kind) throw invalid("kind", "kind is required: opt_out or opt_in");
    store::StaffConsent said;
    said.kind = *kind;
    said.guest = choose_identity(call, guest, body);
    said.role = body.word<Role>("role", parse_author, "ai, staff").value_or(Role::staff);
    said.note = read_note(body);
    if (said.kind == ConsentKind::opt_in && said.role == Role::ai)
        throw invalid("role",
                      "An opt-out is taken back by staff who has spoken with the guest, not by the AI");
    return said;
}

Identity GuestsResource::choose_identity(const Call& call, const Guest& guest, const Body& body) const {
    const auto channel = body.text("channel");
    auto address = body.text("address");
    if (address && !channel) throw invalid("channel", "channel is required where address is given");
    if (address) address = normalize(call, *channel, *address);
    std::vector<Identity> meant;
    for (const Identity& identity : guest.identities)
        if ((!channel || identity.channel == *channel) && (!address || identity.address == *address))
            meant.push_back(identity);
    if (meant.empty())
        throw invalid(address ? "address" : "channel",
                      channel.value_or("") + (address ? " " + *address : "") +
                          " is none of the guest's; they have " + list_identities(guest.identities));
    if (meant.size() > 1)
        throw invalid(channel ? "address" : "channel",
                      "The guest has several addresses; name channel and address of the one that is meant: " +
                          list_identities(meant));
    return meant.front();
}

Guest GuestsResource::find(const Call& call) {
    auto guest = readers_.guest(id_of(call, "guest"), call.caller.scope);
    if (!guest) throw not_found("There is no guest of this id");
    return *std::move(guest);
}

}  // namespace jackgw::api
