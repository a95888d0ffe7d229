#include "outbox/deliveries/repeats.h"

#include <algorithm>
#include <string>
#include <vector>

#include "conversations/records/messages.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/queue/administration.h"

namespace jackgw::outbox {

namespace {

constexpr std::string_view withdrawn = "NOT_NEEDED";
constexpr std::string_view why_withdrawn =
    "the message that this one repeats has reached its recipient or the provider after all";

bool is_canceled(const Message& message) {
    return message.delivery.state == DeliveryState::canceled;
}

bool is_withdrawn(const Message& message) {
    return is_canceled(message) && message.delivery.error_code == withdrawn;
}

/// What was made of a message last: one, or the parts of a long text. They stay as they are until the
/// transaction ends.
std::vector<Message> lock_successors(store::Transaction& transaction, const Message& message) {
    std::vector<Message> made;
    if (message.retried_by.empty()) return made;
    std::optional<Message> first = conversations::lock_message(transaction, message.retried_by);
    if (!first) return made;
    if (!first->group) {
        made.push_back(*std::move(first));
        return made;
    }
    for (const Message& part : conversations::load_group(transaction.db(), first->group->id))
        made.push_back(conversations::lock_message(transaction, part.seq).value());
    return made;
}

/// The end of the chain that begins behind a message; nothing: it is the end itself.
std::optional<Message> lock_last(store::Transaction& transaction, const Message& message) {
    std::optional<Message> last;
    for (;;) {
        std::vector<Message> made = lock_successors(transaction, last.value_or(message));
        const auto living = std::ranges::find_if_not(made, is_canceled);
        if (living == made.end()) return last;
        last = std::move(*living);
    }
}

}  // namespace

void mark_retried(store::Transaction& transaction, std::string_view failed_id, std::string_view by_id) {
    transaction.db().run("UPDATE messages SET retried_by = ?2, updated_at = ?3 WHERE id = ?1", failed_id,
                         by_id, transaction.now().wall);
}

std::optional<store::EnqueueResult> refuse_retry(store::Transaction& transaction,
                                                 std::string_view failed_id) {
    const std::optional<Message> failed = conversations::lock_message(transaction, failed_id);
    if (!failed || failed->direction != Direction::outbound ||
        failed->delivery.state != DeliveryState::failed)
        return store::EnqueueRefusal::not_failed;
    const std::optional<Message> last = lock_last(transaction, *failed);
    if (last) return store::Retried{.by = last->id, .state = last->delivery.state};
    return std::nullopt;
}

bool may_resend(store::Transaction& transaction, const Message& failed) {
    return std::ranges::all_of(lock_successors(transaction, failed), is_withdrawn);
}

void withdraw_repeats(store::Transaction& transaction, const Message& message) {
    std::vector<Message> left = lock_successors(transaction, message);
    while (!left.empty()) {
        Message repeat = std::move(left.back());
        left.pop_back();
        for (Message& next : lock_successors(transaction, repeat)) left.push_back(std::move(next));
        cancel_waiting(transaction, repeat, withdrawn, why_withdrawn);
    }
}

bool withdraw_if_needless(store::Transaction& transaction, Message& repeat) {
    // Not locked, against the order of the chain: a report that comes now finds it in flight.
    std::string earlier = repeat.retry_of;
    while (!earlier.empty()) {
        const std::optional<Message> message = conversations::load_message(transaction.db(), earlier);
        if (!message) return false;
        const DeliveryState state = message->delivery.state;
        if (state != DeliveryState::failed && state != DeliveryState::canceled) {
            conclude(transaction, repeat, DeliveryState::canceled, withdrawn, why_withdrawn);
            return true;
        }
        earlier = message->retry_of;
    }
    return false;
}

}  // namespace jackgw::outbox
