#pragma once

#include <vector>

#include "api/answer.h"
#include "model/attempt.h"
#include "model/channel.h"
#include "model/consent.h"
#include "model/conversation.h"
#include "model/event.h"
#include "model/guest.h"
#include "model/message.h"
#include "store/administration.h"
#include "store/readers.h"

namespace jackgw::api {

/// The model as the API shows it: camelCase, times in ISO 8601 UTC, null where there is nothing.

/// From where an answer in a conversation would go, and whether the guest has opted out of it.
struct AnswerSender {
    std::string sender;
    bool opted_out = false;
};

JsonObject to_json(const Message& message);
JsonObject to_json(const Conversation& conversation, const AnswerSender& answers);
JsonObject to_json(const Guest& guest, const std::vector<ConsentEntry>& consents);
JsonObject to_json(const Attempt& attempt);
JsonObject to_json(const Event& event);
JsonObject to_json(const Mapped& mapped);
JsonObject to_json(const store::OutboxReport& report);
/// `channel_ready`: its plugin is, which is another thing to wait for.
JsonObject to_json(const store::Waiting& waiting, bool channel_ready);

/// A text, or null if it is empty.
Poco::Dynamic::Var text_or_null(const std::string& text);

JsonArray strings(const std::vector<std::string>& values);

template <typename Items>
JsonArray to_json_array(const Items& items) {
    JsonArray array = new_array();
    for (const auto& item : items) array->add(to_json(item));
    return array;
}

}  // namespace jackgw::api
