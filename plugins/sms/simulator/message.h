#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock.h"

namespace jackgw::sms::simulator {

/// The words of a message's way, in the provider's vocabulary (Twilio's documentation of status callbacks).
enum class Status {
    accepted,
    scheduled,
    queued,
    sending,
    sent,
    delivered,
    undelivered,
    failed,
    canceled,
    read,
    received,
};

std::string_view to_word(Status status);
std::optional<Status> parse_status(std::string_view word);

/// True if nothing but `read` may follow: the message can then be redacted or deleted.
bool is_final(Status status);

enum class Direction { inbound, outbound_api, outbound_reply };

std::string_view to_word(Direction direction);

/// A message as the account keeps it: a plain value.
struct Message {
    std::string sid;
    Direction direction = Direction::outbound_api;
    Status status = Status::queued;
    std::string from;  // empty until a messaging service has chosen a sender
    std::string to;
    std::string messaging_service_sid;  // empty: sent by number
    std::string body;
    std::vector<std::string> media_urls;
    std::string status_callback;  // empty: none wanted
    std::optional<int> error_code;
    unsigned segments = 0;
    Time created{};
    Time updated{};
    std::optional<Time> sent;
    std::optional<Time> send_at;  // a scheduled message's hour
};

}  // namespace jackgw::sms::simulator
