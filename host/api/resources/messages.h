#pragma once

#include "api/answer.h"
#include "api/route.h"
#include "conversations/submission.h"
#include "store/desk.h"
#include "store/readers.h"

namespace jackgw::api {

/// /messages: writing to a guest by address, and what became of it.
class MessagesResource {
  public:
    MessagesResource(store::Readers& readers, store::Desk& desk, conversations::Submission& submission,
                     const ChannelDirectory& channels);

    Routes routes();

  private:
    http::Response post(const Call& call);
    http::Response preview(const Call& call);
    http::Response get(const Call& call);
    http::Response retry(const Call& call);
    http::Response cancel(const Call& call);

    Message find(const Call& call);
    /// What the message waits for; null: it doesn't.
    Poco::Dynamic::Var waiting(const Call& call, const Message& message);
    JsonObject show(const Call& call, const Message& message);

    store::Readers& readers_;
    store::Desk& desk_;
    conversations::Submission& submission_;
    const ChannelDirectory& channels_;
};

}  // namespace jackgw::api
