#include "api/model_json.h"

#include "api/json_text.h"

namespace jackgw::api {

namespace {

using Poco::Dynamic::Var;

std::string text(std::string_view view) {
    return std::string(view);
}

Var number_or_null(std::int32_t number) {
    return number == 0 ? Var() : Var(number);
}

Var time_or_null(const std::optional<Timestamp>& time) {
    return time ? Var(to_iso8601(*time)) : Var();
}

/// A time that a record has from the moment on when something happened for the first time.
Var time_or_null(Timestamp time) {
    return time == Timestamp{} ? Var() : Var(to_iso8601(time));
}

JsonArray media_json(const std::vector<Media>& media) {
    JsonArray array = new_array();
    int index = 0;
    for (const Media& item : media) {
        JsonObject object = new_object();
        object->set("index", index++);
        object->set("url", item.url);
        object->set("contentType", text_or_null(item.content_type));
        array->add(object);
    }
    return array;
}

JsonObject consent_json(const ConsentEntry& entry) {
    JsonObject object = new_object();
    object->set("kind", text(to_string(entry.kind)));
    object->set("channel", entry.channel);
    object->set("address", entry.address);
    object->set("scope", text_or_null(entry.scope));
    object->set("source", text_or_null(entry.source));
    object->set("keyword", text_or_null(entry.keyword));
    object->set("note", text_or_null(entry.note));
    object->set("recordedBy", text_or_null(entry.recorded_by));
    object->set("at", to_iso8601(entry.at));
    return object;
}

JsonObject state_json(const ConsentState& state) {
    JsonObject object = new_object();
    object->set("channel", state.channel);
    object->set("address", state.address);
    object->set("scope", text_or_null(state.scope));
    object->set("optedOut", state.opted_out);
    object->set("since", to_iso8601(state.since));
    return object;
}

Var group_json(const std::optional<MessageGroup>& group) {
    if (!group) return {};
    JsonObject object = new_object();
    object->set("id", group->id);
    object->set("part", group->part);
    object->set("parts", group->parts);
    return object;
}

JsonObject piece_json(const Piece& piece) {
    JsonObject object = new_object();
    object->set("content", piece.content);
    object->set("encoding", piece.encoding);
    object->set("units", piece.units);
    object->set("segments", piece.segments);
    return object;
}

JsonObject replacement_json(const Replacement& replacement) {
    JsonObject object = new_object();
    object->set("written", replacement.written);
    object->set("sent", replacement.sent);
    return object;
}

JsonObject lane_json(const store::LaneReport& lane) {
    JsonObject object = new_object();
    object->set("channel", lane.lane.channel);
    object->set("sender", lane.lane.sender);
    object->set("depth", lane.depth);
    object->set("ready", lane.ready);
    object->set("inFlight", lane.in_flight);
    object->set("scheduled", lane.scheduled);
    object->set("retrying", lane.retrying);
    object->set("blocked", lane.blocked());
    object->set("unknown", lane.unknown);
    object->set("paused", lane.paused);
    object->set("account", text_or_null(lane.account));
    object->set("heldReason", text_or_null(lane.held_reason));
    return object;
}

JsonObject hold_json(const store::Hold& hold) {
    JsonObject object = new_object();
    object->set("channel", hold.channel);
    object->set("scope", text(to_string(hold.scope)));
    object->set("name", text_or_null(hold.name));
    object->set("state", hold.recovering ? "recovering" : "held");
    object->set("cause", text(to_string(hold.cause)));
    object->set("reason", hold.reason);
    object->set("since", to_iso8601(hold.since));
    object->set("nextProbeAt", time_or_null(hold.next_probe_at));
    object->set("failedProbes", hold.probes);
    return object;
}

JsonObject pause_json(const store::Pause& pause) {
    JsonObject object = new_object();
    object->set("channel", text_or_null(pause.channel));
    object->set("sender", text_or_null(pause.sender));
    return object;
}

/// The lanes' messages by what they wait for; each message once.
JsonObject waiting_json(const std::vector<store::LaneReport>& lanes) {
    std::int64_t paused = 0;
    std::int64_t held = 0;
    std::int64_t rate = 0;
    std::int64_t scheduled = 0;
    std::int64_t retrying = 0;
    std::int64_t blocked = 0;
    for (const store::LaneReport& lane : lanes) {
        (lane.paused ? paused : lane.held_reason.empty() ? rate : held) += lane.ready;
        scheduled += lane.scheduled;
        retrying += lane.retrying;
        blocked += lane.blocked();
    }
    JsonObject object = new_object();
    object->set("schedule", scheduled);
    object->set("retry", retrying);
    object->set("earlier_message", blocked);
    object->set("paused", paused);
    object->set("held", held);
    object->set("rate", rate);
    return object;
}

}  // namespace

Var text_or_null(const std::string& value) {
    return value.empty() ? Var() : Var(value);
}

JsonArray strings(const std::vector<std::string>& values) {
    JsonArray array = new_array();
    for (const std::string& value : values) array->add(value);
    return array;
}

JsonObject to_json(const Message& message) {
    JsonObject object = new_object();
    object->set("id", message.id);
    object->set("conversationId", text_or_null(message.conversation_id));
    object->set("guestId", text_or_null(message.guest_id));
    object->set("channel", message.channel);
    object->set("direction", text(to_string(message.direction)));
    object->set("role", text(to_string(message.role)));
    object->set("content", message.content);
    object->set("media", media_json(message.media));
    object->set("from", message.from);
    object->set("to", message.to);
    object->set("priority", text(to_string(message.priority)));
    object->set("deliveryStatus", text(to_string(message.delivery.state)));
    object->set("providerStatus", text_or_null(message.delivery.provider_status));
    object->set("providerMessageId", text_or_null(message.provider_message_id));
    object->set("errorCode", text_or_null(message.delivery.error_code));
    object->set("providerErrorCode", number_or_null(message.delivery.provider_error_code));
    object->set("errorMessage", text_or_null(message.delivery.error_message));
    object->set("retryable", message.delivery.retryable);
    object->set("segments", number_or_null(message.segments));
    object->set("encoding", text_or_null(message.encoding));
    object->set("consent", message.consent ? Poco::Dynamic::Var(text(to_string(*message.consent)))
                                           : Poco::Dynamic::Var());
    object->set("group", group_json(message.group));
    object->set("retryOf", text_or_null(message.retry_of));
    object->set("retriedBy", text_or_null(message.retried_by));
    object->set("metadata", parse_own(message.metadata));
    object->set("sendAt", time_or_null(message.send_at));
    object->set("expiresAt", time_or_null(message.expires_at));
    object->set("discardedAt", time_or_null(message.discarded_at));
    object->set("createdAt", to_iso8601(message.created_at));
    object->set("updatedAt", to_iso8601(message.updated_at));
    return object;
}

JsonObject to_json(const Conversation& conversation, const AnswerSender& answers) {
    JsonObject object = new_object();
    object->set("id", conversation.id);
    object->set("guestId", conversation.guest_id);
    object->set("channel", conversation.channel);
    object->set("property", conversation.property);
    object->set("state", text(to_string(conversation.state)));
    object->set("guestAddress", conversation.guest_address);
    object->set("gatewayAddress", text_or_null(conversation.gateway_address));
    object->set("answersFrom", text_or_null(answers.sender));
    object->set("optedOut", answers.opted_out);
    object->set("messageCount", conversation.message_count);
    object->set("lastMessagePreview", text_or_null(conversation.last_message_preview));
    object->set("lastMessageAt", time_or_null(conversation.last_message_at));
    object->set("createdAt", to_iso8601(conversation.created_at));
    object->set("updatedAt", to_iso8601(conversation.updated_at));
    return object;
}

JsonObject to_json(const Guest& guest, const std::vector<ConsentEntry>& consents) {
    JsonObject object = new_object();
    object->set("id", guest.id);
    object->set("property", guest.property);
    object->set("name", text_or_null(guest.name));
    object->set("notes", text_or_null(guest.notes));
    JsonArray identities = new_array();
    for (const Identity& identity : guest.identities) {
        JsonObject item = new_object();
        item->set("channel", identity.channel);
        item->set("address", identity.address);
        identities->add(item);
    }
    object->set("identities", identities);
    JsonArray ledger = new_array();
    for (const ConsentEntry& entry : consents) ledger->add(consent_json(entry));
    object->set("consents", ledger);
    JsonArray states = new_array();
    for (const ConsentState& state : consent_states(consents)) states->add(state_json(state));
    object->set("consentStates", states);
    object->set("createdAt", to_iso8601(guest.created_at));
    object->set("updatedAt", to_iso8601(guest.updated_at));
    return object;
}

JsonObject to_json(const Attempt& attempt) {
    const Outcome outcome = attempt.outcome.value_or(Outcome{});
    JsonObject object = new_object();
    object->set("id", attempt.id);
    object->set("number", attempt.number);
    object->set("startedAt", to_iso8601(attempt.started_at));
    object->set("finishedAt", time_or_null(attempt.finished_at));
    object->set("outcome", attempt.outcome ? Var(text(to_string(outcome.kind))) : Var());
    object->set("providerMessageId", text_or_null(outcome.provider_message_id));
    object->set("providerStatus", text_or_null(outcome.provider_status));
    object->set("errorCode", text_or_null(outcome.error_code));
    object->set("providerErrorCode", number_or_null(outcome.provider_error_code));
    object->set("errorMessage", text_or_null(outcome.error_message));
    object->set("concerns", attempt.outcome && outcome.kind != OutcomeKind::accepted
                                ? Var(text(to_string(outcome.concern)))
                                : Var());
    object->set("retryAfterMs", outcome.retry_after_ms ? Var(*outcome.retry_after_ms) : Var());
    return object;
}

JsonObject to_json(const Event& event) {
    JsonObject object = new_object();
    object->set("seq", event.seq);
    object->set("type", event.type);
    object->set("at", to_iso8601(event.at));
    object->set("data", parse_own(event.data));
    return object;
}

JsonObject to_json(const Mapped& mapped) {
    JsonObject object = new_object();
    object->set("encoding", mapped.encoding);
    object->set("units", mapped.units);
    object->set("codePoints", mapped.code_points == 0 ? Var() : Var(mapped.code_points));
    object->set("segments", mapped.segments);
    object->set("parts", strings(mapped.parts));
    object->set("truncated", mapped.truncated);
    object->set("warnings", strings(mapped.warnings));
    JsonArray replacements = new_array();
    for (const Replacement& each : mapped.replacements) replacements->add(replacement_json(each));
    object->set("replacements", replacements);
    JsonArray messages = new_array();
    for (const Piece& piece : mapped.pieces) messages->add(piece_json(piece));
    object->set("messages", messages);
    return object;
}

JsonObject to_json(const store::OutboxReport& report) {
    JsonObject object = new_object();
    object->set("depth", report.depth);
    object->set("unknown", report.unknown);
    object->set("paused", report.paused);
    object->set("oldestDueAt", time_or_null(report.oldest_due_at));
    JsonArray lanes = new_array();
    for (const store::LaneReport& lane : report.lanes) lanes->add(lane_json(lane));
    object->set("lanes", lanes);
    object->set("waiting", waiting_json(report.lanes));
    JsonArray holds = new_array();
    for (const store::Hold& hold : report.holds) holds->add(hold_json(hold));
    object->set("holds", holds);
    JsonArray pauses = new_array();
    for (const store::Pause& pause : report.pauses) pauses->add(pause_json(pause));
    object->set("pauses", pauses);
    return object;
}

JsonObject to_json(const store::Waiting& waiting, bool channel_ready) {
    const bool for_channel = waiting.what == store::WaitingFor::rate && !channel_ready;
    JsonObject object = new_object();
    object->set("for", for_channel ? std::string("plugin") : text(to_string(waiting.what)));
    object->set("since", to_iso8601(waiting.since));
    object->set("until", time_or_null(waiting.until));
    object->set("reason",
                for_channel ? Var("the channel's plugin is not ready") : text_or_null(waiting.reason));
    return object;
}

}  // namespace jackgw::api
