#include "history.h"

#include <set>

#include "expiry.h"

namespace jackgw::test {

namespace {

int rank(DeliveryState state) {
    switch (state) {
        case DeliveryState::pending:
        case DeliveryState::unknown:
        case DeliveryState::received:
            return 0;
        case DeliveryState::sending:
            return 1;
        case DeliveryState::sent:
            return 2;
        case DeliveryState::delivered:
        case DeliveryState::failed:
        case DeliveryState::canceled:
            return 3;
        case DeliveryState::read:
            return 4;
    }
    return 0;
}

bool goes_back(const Delivery& before, const Delivery& after) {
    if (before.state == after.state || before.concluded_by_us) return false;
    if (after.state == DeliveryState::unknown) return rank(before.state) > 0;
    const bool arrived = after.state == DeliveryState::delivered || after.state == DeliveryState::read;
    if (before.state == DeliveryState::failed && arrived) return false;
    return rank(after.state) <= rank(before.state);
}

}  // namespace

void HistoryCheck::look(store::Store& store) {
    for (;;) {
        std::set<std::string> touched;
        const std::vector<Event> events = store.events(cursor_, 500);
        for (const Event& event : events) {
            cursor_ = event.seq;
            if (event.type == "conversation.message" || event.type == "message.status")
                touched.insert(event.message_id);
        }
        for (const std::string& id : touched) {
            const std::optional<Message> message = store.message(id);
            if (message && message->direction == Direction::outbound) see(*message);
        }
        if (events.size() < 500) return;
    }
}

void HistoryCheck::see(const Message& message) {
    if (message.resends > 0 && !world_.labels.contains(message.id)) add_resent(message);
    Entry* entry = world_.find(message.id, message.content);
    if (entry == nullptr) return world_.complain("unheard of: a message " + message.content);
    if (entry->refused) return world_.complain("came back: " + entry->label() + " was refused");
    if (entry->id.empty()) entry->id = message.id;
    if (entry->id != message.id) return world_.complain("doubled: " + entry->label() + " is stored twice");
    compare(*entry, message);
}

void HistoryCheck::add_resent(const Message& message) {
    const std::string label = message.content + " again " + std::to_string(message.resends);
    world_.labels[message.id] = label;
    Entry& entry = world_.entries[label];
    if (!entry.id.empty()) return world_.complain("doubled: " + label + " was made twice");
    entry.name = label;
    entry.id = message.id;
    entry.acknowledged = true;
    entry.request = world_.find(message.content)->request;
    entry.request.retry_of = message.retry_of;
    // What it inherits of its time nobody sees from outside, and it takes its place when its wait is over.
    entry.put_off = entry.doubted = true;
}

void HistoryCheck::compare(Entry& entry, const Message& message) {
    const Delivery before = entry.seen.value_or(Delivery{});
    const Delivery& after = message.delivery;
    if (goes_back(before, after))
        world_.complain("back: " + entry.label() + " was " + std::string(to_string(before.state)) +
                        " and is " + std::string(to_string(after.state)));
    const bool ends = before.state != after.state;
    if (ends && after.error_code == "EXPIRED") check_expired(world_, entry);
    if (ends)
        world_.tell(entry.label() + " is " + std::string(to_string(after.state)) + " " + after.error_code);
    if (after.state == DeliveryState::unknown) {
        entry.doubted = true;
        if (ends) ++world_.result.doubts;
    }
    entry.seen = after;
    entry.provider_id = message.provider_message_id;
}

void HistoryCheck::look_at_all(store::Store& store) {
    look(store);
    for (auto& [label, entry] : world_.entries) {
        if (entry.id.empty()) continue;
        const std::optional<Message> message = store.message(entry.id);
        if (message)
            compare(entry, *message);
        else if (entry.acknowledged)
            world_.complain("lost: " + label + " was acknowledged");
    }
}

}  // namespace jackgw::test
