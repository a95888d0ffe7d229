#pragma once

#include "api/answer.h"
#include "api/route.h"
#include "conversations/submission.h"
#include "store/desk.h"
#include "store/readers.h"

namespace jackgw::api {

/// /conversations: what guests wrote, answers to them, and the states that staff and AI service work with.
class ConversationsResource {
  public:
    ConversationsResource(store::Readers& readers, store::Desk& desk, conversations::Submission& submission);

    Routes routes();

  private:
    http::Response list(const Call& call);
    http::Response get(const Call& call);
    http::Response messages(const Call& call);
    http::Response post_message(const Call& call);
    http::Response change(const Call& call, ConversationEvent event);

    Conversation find(const Call& call);
    JsonObject show(const Conversation& conversation);

    store::Readers& readers_;
    store::Desk& desk_;
    conversations::Submission& submission_;
};

}  // namespace jackgw::api
