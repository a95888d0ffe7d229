#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/errors.h"
#include "store/administration.h"
#include "store/desk.h"
#include "store/guest_writes.h"
#include "store/readers.h"
#include "store/reports.h"

namespace jackgw::test {

/// What the API and the inbox ask of a store, in memory: it hands out what a test put in and remembers what
/// it was given. It decides nothing by itself, but for who may see what: `properties` says whose a channel's
/// things are, and a guest says it for themselves. For one thread.
class FakeStore final : public store::GuestWrites,
                        public store::Reports,
                        public store::Desk,
                        public store::Readers,
                        public store::Administration {
  public:
    explicit FakeStore(const Clock& clock) : clock_(clock) {}

    // What readers get.
    std::map<std::string, Guest, std::less<>> guests_by_id;
    std::map<std::string, Conversation, std::less<>> conversations_by_id;
    std::vector<Message> all_messages;
    std::vector<Attempt> all_attempts;
    std::vector<Event> all_events;
    std::map<std::string, std::vector<ConsentEntry>, std::less<>> consents_by_guest;
    std::set<std::array<std::string, 3>> opt_outs;  ///< channel, address, scope
    store::OutboxReport report;
    std::optional<store::Waiting> waits;
    std::map<std::string, std::string, std::less<>> properties;  ///< by channel; where it says none, "main"

    // What the writers answer.
    std::optional<store::EnqueueRefusal> enqueue_refusal;
    std::optional<store::Retried> retried;
    bool repeated = false;
    std::optional<store::EnqueueResult> earlier;  ///< what find_request() finds under any key
    std::optional<store::StaffConsentResult> earlier_consent;
    bool cancel_result = true;
    store::ReceiveResult receive_result{};
    store::StatusResult status_result = store::StatusResult::applied;
    bool consent_result = true;
    store::StaffConsentResult staff_consent_result = store::StaffConsentResult::recorded;
    store::Change change_result = store::Change::done;
    bool broken = false;  ///< everything throws Unavailable

    // What was handed in.
    std::vector<InboundMessage> received;
    std::vector<OutboundMessage> enqueued;
    std::vector<std::array<std::string, 3>> looked_up;  ///< owner, key, hash
    std::vector<store::StatusUpdate> updates;
    std::vector<store::ConsentReport> consent_reports;
    std::vector<store::StaffConsent> staff_consents;
    std::vector<std::pair<std::string, ConversationEvent>> changes;
    std::vector<bool> pauses;
    std::vector<store::Pause> paused_parts;  ///< what each of them was about
    std::vector<store::Lane> released;
    std::optional<std::optional<std::int64_t>> last_after;
    store::ConversationFilter last_filter;
    store::FailedFilter last_failed_filter;
    std::vector<std::int64_t> bites;  ///< how many each discard_failed() took
    std::vector<store::ChannelPlace> placed;

    store::ReceiveResult receive(const InboundMessage& message) override {
        fail_if_broken();
        received.push_back(message);
        return receive_result;
    }

    bool record_consent(const store::ConsentReport& consent) override {
        fail_if_broken();
        consent_reports.push_back(consent);
        return consent_result;
    }

    store::StaffConsentResult record_by_staff(const store::StaffConsent& said) override {
        fail_if_broken();
        staff_consents.push_back(said);
        return staff_consent_result;
    }

    store::EnqueueResult enqueue(const OutboundMessage& message) override {
        const Timestamp now = clock_.now();
        fail_if_broken();
        enqueued.push_back(message);
        if (enqueue_refusal) return *enqueue_refusal;
        if (retried) return *retried;
        Message stored;
        stored.conversation_id = message.conversation_id;
        stored.channel = message.channel;
        stored.direction = Direction::outbound;
        stored.role = message.role;
        stored.from = message.from;
        stored.to = message.to;
        stored.priority = message.priority;
        stored.metadata = message.metadata;
        stored.retry_of = message.retry_of;
        stored.send_at = message.send_at;
        stored.expires_at =
            message.expires_at.value_or(std::max(now, message.send_at.value_or(now)) + message.lifetime);
        stored.created_at = stored.updated_at = now;
        return store::Enqueued{parts_of(message, stored), repeated};
    }

    std::optional<store::EnqueueResult> find_request(std::string_view owner, std::string_view key,
                                                     std::string_view request_hash,
                                                     const store::Scope& within = {}) override {
        fail_if_broken();
        looked_up.push_back({std::string(owner), std::string(key), std::string(request_hash)});
        if (!earlier) return std::nullopt;
        const auto* found = std::get_if<store::Enqueued>(&*earlier);
        if (found != nullptr && !sees(within, found->messages.front().channel)) return std::nullopt;
        return earlier;
    }

    std::optional<store::StaffConsentResult> find_staff_consent(std::string_view, std::string_view,
                                                                std::string_view) override {
        return earlier_consent;
    }

    bool cancel(std::string_view id) override {
        if (cancel_result)
            for (Message& message : all_messages)
                if (message.id == id) message.delivery.state = DeliveryState::canceled;
        return cancel_result;
    }

    void set_paused(const store::Pause& pause, bool paused) override {
        paused_parts.push_back(pause);
        pauses.push_back(paused);
        report.paused = paused;
    }

    store::StatusResult apply_status(const store::StatusUpdate& update) override {
        fail_if_broken();
        updates.push_back(update);
        return status_result;
    }

    store::Change change_conversation(std::string_view id, ConversationEvent event) override {
        changes.emplace_back(id, event);
        return change_result;
    }

    store::Change update_guest(std::string_view id, std::optional<std::string> name,
                               std::optional<std::string> notes) override {
        const auto found = guests_by_id.find(id);
        if (found == guests_by_id.end()) return store::Change::not_found;
        if (name) found->second.name = *name;
        if (notes) found->second.notes = *notes;
        return store::Change::done;
    }

    std::optional<Guest> guest(std::string_view id, const store::Scope& within = {}) override {
        auto found = find(guests_by_id, id);
        return found && within.includes(property_of(*found)) ? found : std::nullopt;
    }

    std::optional<Guest> guest_by_address(std::string_view channel, std::string_view address,
                                          const store::Scope& within = {}) override {
        for (const auto& [id, guest] : guests_by_id)
            for (const Identity& identity : guest.identities)
                if (identity.channel == channel && identity.address == address)
                    return this->guest(id, within);
        return std::nullopt;
    }

    std::vector<Guest> guests(std::string_view after, std::size_t limit,
                              const store::Scope& within = {}) override {
        std::vector<Guest> page;
        for (auto it = guests_by_id.upper_bound(after); it != guests_by_id.end() && page.size() < limit; ++it)
            if (within.includes(property_of(it->second))) page.push_back(it->second);
        return page;
    }

    std::vector<ConsentEntry> consents(std::string_view guest_id, const store::Scope& within = {}) override {
        const auto found = consents_by_guest.find(guest_id);
        return found == consents_by_guest.end() ? std::vector<ConsentEntry>{} : seen(found->second, within);
    }

    bool opted_out(std::string_view channel, std::string_view address, std::string_view scope,
                   const store::Scope& within = {}) override {
        return sees(within, channel) &&
               opt_outs.contains({std::string(channel), std::string(address), std::string(scope)});
    }

    std::optional<Conversation> open_conversation(std::string_view channel, std::string_view address,
                                                  const store::Scope& within = {}) override {
        fail_if_broken();
        if (!sees(within, channel)) return std::nullopt;
        for (const auto& [id, conversation] : conversations_by_id)
            if (conversation.channel == channel && conversation.guest_address == address &&
                conversation.state != ConversationState::closed)
                return conversation;
        return std::nullopt;
    }

    std::optional<Conversation> conversation(std::string_view id, const store::Scope& within = {}) override {
        fail_if_broken();
        auto found = find(conversations_by_id, id);
        return found && sees(within, found->channel) ? found : std::nullopt;
    }

    store::Page<Conversation> conversations(const store::ConversationFilter& filter,
                                            std::optional<std::int64_t> after, std::size_t limit,
                                            const store::Scope& within = {}) override {
        fail_if_broken();
        last_filter = filter;
        last_after = after;
        std::vector<Conversation> all;
        for (const auto& [id, conversation] : conversations_by_id) all.push_back(conversation);
        all = seen(std::move(all), within);
        std::ranges::sort(all, std::greater{}, &Conversation::activity_seq);
        if (after) std::erase_if(all, [&](const Conversation& each) { return each.activity_seq >= *after; });
        return page_of(std::move(all), limit, &Conversation::activity_seq);
    }

    store::Page<Message> messages(std::string_view conversation_id, std::optional<std::int64_t> after,
                                  std::size_t limit, const store::Scope& within = {}) override {
        last_after = after;
        std::vector<Message> found;
        for (const Message& message : all_messages)
            if (message.conversation_id == conversation_id && message.seq > after.value_or(0))
                found.push_back(message);
        return page_of(seen(std::move(found), within), limit, &Message::seq);
    }

    std::optional<Message> message(std::string_view id, const store::Scope& within = {}) override {
        fail_if_broken();
        for (const Message& message : all_messages)
            if (message.id == id && sees(within, message.channel)) return message;
        return std::nullopt;
    }

    std::vector<Message> group(std::string_view id, const store::Scope& within = {}) override {
        std::vector<Message> parts;
        for (const Message& message : all_messages)
            if (message.group && message.group->id == id) parts.push_back(message);
        return seen(std::move(parts), within);
    }

    std::optional<store::Waiting> waiting(std::string_view, const store::Scope& = {}) override {
        return waits;
    }
    std::vector<Attempt> attempts(std::string_view message_id, const store::Scope& within = {}) override {
        std::vector<Attempt> found;
        if (!within.all() && !message(message_id, within)) return found;
        for (const Attempt& attempt : all_attempts)
            if (attempt.message_id == message_id) found.push_back(attempt);
        return found;
    }

    std::vector<Event> message_events(std::string_view message_id, const store::Scope& within = {}) override {
        std::vector<Event> found;
        for (const Event& event : all_events)
            if (event.message_id == message_id) found.push_back(event);
        return seen(std::move(found), within);
    }

    store::Page<Message> failed_messages(const store::FailedFilter& filter, std::optional<std::int64_t> after,
                                         std::size_t limit, const store::Scope& within = {}) override {
        last_failed_filter = filter;
        last_after = after;
        std::vector<Message> failed;
        for (const Message& message : all_messages)
            if (is_listed_failed(message, filter, within) && (!after || message.seq < *after))
                failed.push_back(message);
        std::ranges::sort(failed, std::greater{}, &Message::seq);
        return page_of(std::move(failed), limit, &Message::seq);
    }

    std::int64_t count_failed(const store::FailedFilter& filter, const store::Scope& within = {}) override {
        last_failed_filter = filter;
        return std::ranges::count_if(
            all_messages, [&](const Message& message) { return is_listed_failed(message, filter, within); });
    }

    std::int64_t discard_failed(const store::FailedFilter& filter, std::size_t limit,
                                const store::Scope& within = {}) override {
        std::int64_t discarded = 0;
        for (Message& message : all_messages) {
            if (!is_listed_failed(message, filter, within) || discarded == static_cast<std::int64_t>(limit))
                continue;
            message.discarded_at = clock_.now();
            ++discarded;
        }
        bites.push_back(discarded);
        return discarded;
    }

    std::vector<Event> events(std::int64_t, std::size_t, const store::Scope& = {}) override {
        throw std::logic_error("the test did not expect Readers::events");
    }

    std::vector<store::Hold> release_lane(const store::Lane& lane) override {
        released.push_back(lane);
        return {};
    }
    std::vector<store::Hold> release_lanes(std::string_view) override {
        throw std::logic_error("the test did not expect Administration::release_lanes");
    }
    store::OutboxReport outbox(const store::Scope& within = {}) override {
        store::OutboxReport seen = report;
        if (within.all()) return seen;
        seen.depth = 0;
        std::erase_if(seen.lanes,
                      [&](const store::LaneReport& lane) { return !sees(within, lane.lane.channel); });
        for (const store::LaneReport& lane : seen.lanes) seen.depth += lane.depth;
        return seen;
    }
    void place_channels(const std::vector<store::ChannelPlace>& places) override { placed = places; }
    void check() override { fail_if_broken(); }

  private:
    /// Of the filter only what the API itself decides on.
    bool is_listed_failed(const Message& message, const store::FailedFilter& filter,
                          const store::Scope& within) const {
        return message.delivery.state == DeliveryState::failed && !message.discarded_at &&
               filter.retried.value_or(!message.retried_by.empty()) == !message.retried_by.empty() &&
               sees(within, message.channel);
    }

    std::vector<Message> parts_of(const OutboundMessage& message, Message common) {
        std::vector<OutboundPiece> pieces = message.pieces;
        if (pieces.empty()) pieces.push_back({message.content, message.encoding, message.segments});
        std::vector<Message> parts;
        for (const OutboundPiece& piece : pieces) {
            Message& part = parts.emplace_back(common);
            part.id = "0193b1e6-0000-7000-8000-00000000000" + std::to_string(++stored_);
            part.content = piece.content;
            part.encoding = piece.encoding;
            part.segments = piece.segments;
            if (pieces.size() > 1)
                part.group = MessageGroup{parts.front().id, static_cast<std::int32_t>(parts.size()),
                                          static_cast<std::int32_t>(pieces.size())};
        }
        for (const std::string& url : message.media_urls) parts.front().media.push_back({url, ""});
        return parts;
    }

    bool sees(const store::Scope& within, std::string_view channel) const {
        const auto found = properties.find(channel);
        return within.includes(found == properties.end() ? "main" : found->second);
    }

    static std::string property_of(const Guest& guest) {
        return guest.property.empty() ? "main" : guest.property;
    }

    template <typename T>
    std::vector<T> seen(std::vector<T> items, const store::Scope& within) const {
        std::erase_if(items, [&](const T& item) { return !sees(within, item.channel); });
        return items;
    }

    void fail_if_broken() const {
        if (broken) throw Unavailable("the fake store is set to be broken");
    }

    template <typename T>
    static std::optional<T> find(const std::map<std::string, T, std::less<>>& values, std::string_view id) {
        const auto found = values.find(id);
        return found == values.end() ? std::nullopt : std::optional{found->second};
    }

    template <typename T>
    static store::Page<T> page_of(std::vector<T> items, std::size_t limit, std::int64_t T::*seq) {
        store::Page<T> page;
        if (items.size() > limit) {
            items.resize(limit);
            page.next = items.back().*seq;
        }
        page.items = std::move(items);
        return page;
    }

    const Clock& clock_;
    int stored_ = 0;
};

}  // namespace jackgw::test
