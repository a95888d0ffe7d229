#pragma once

#include <optional>
#include <string_view>

#include "model/message.h"
#include "store/desk.h"
#include "store/seam/transaction.h"

/// The messages that were made of a failed one: each leads to the latest that was made of it (`retried_by`),
/// which may be the first part of a long text. A guest gets a text once: so a chain has one end, and only of
/// that another is made. One that was canceled is no part of the chain.
namespace jackgw::outbox {

/// Notes in a failed message that another was made of it.
void mark_retried(store::Transaction& transaction, std::string_view failed_id, std::string_view by_id);

/// Why nobody may make another of this message by hand: it hasn't failed, or it isn't the chain's end, which
/// is then named. Nothing: they may, and until the transaction ends nobody else does.
std::optional<store::EnqueueResult> refuse_retry(store::Transaction& transaction, std::string_view failed_id);

/// True if the gateway may make another of this message by itself: nobody has, or what was made was
/// withdrawn.
bool may_resend(store::Transaction& transaction, const Message& failed);

/// The message has reached its provider or its guest after all: what was made of it and still waits is
/// canceled with the reason. What is in flight goes on.
void withdraw_repeats(store::Transaction& transaction, const Message& message);

/// The same for one that was in flight then and has come back, for it is about to be tried again. True: it
/// was canceled, and its outbox row is the caller's to remove.
bool withdraw_if_needless(store::Transaction& transaction, Message& repeat);

}  // namespace jackgw::outbox
