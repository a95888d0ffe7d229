#pragma once

#include <jackgw/cpp/text.h>
#include <jackgw/ext/conversations.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sms/webhooks/form.h"
#include "sms/webhooks/opt_out.h"

namespace jackgw::sms {

/// A guest's message, read from the parameters of the webhook. The views live as long as those.
struct InboundMessage {
    std::string_view sid;
    std::string from;  ///< in E.164 where it is a number
    std::string_view to;
    std::string_view service;  ///< the messaging service that it came through; may be empty
    std::string_view body;
    std::string_view status;
    std::string_view encoding;
    std::uint32_t segments = 1;
    std::vector<jackgw_media> media;
    std::optional<Keyword> keyword;
};

/// Nothing if the parameters name no message or no sender: then it isn't Twilio's message webhook.
std::optional<InboundMessage> read_inbound(const Parameters& parameters);

/// A number without sign; nothing if it is none.
std::optional<std::uint32_t> read_number(std::string_view text);

}  // namespace jackgw::sms
