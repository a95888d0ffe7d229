#include "message.h"

#include <array>
#include <utility>

namespace jackgw::sms::simulator {

namespace {

constexpr std::array<std::pair<Status, std::string_view>, 11> status_words{{
    {Status::accepted, "accepted"},
    {Status::scheduled, "scheduled"},
    {Status::queued, "queued"},
    {Status::sending, "sending"},
    {Status::sent, "sent"},
    {Status::delivered, "delivered"},
    {Status::undelivered, "undelivered"},
    {Status::failed, "failed"},
    {Status::canceled, "canceled"},
    {Status::read, "read"},
    {Status::received, "received"},
}};

}  // namespace

std::string_view to_word(Status status) {
    for (const auto& [known, word] : status_words) {
        if (known == status) return word;
    }
    return {};
}

std::optional<Status> parse_status(std::string_view word) {
    for (const auto& [status, known] : status_words) {
        if (known == word) return status;
    }
    return std::nullopt;
}

bool is_final(Status status) {
    switch (status) {
        case Status::delivered:
        case Status::undelivered:
        case Status::failed:
        case Status::canceled:
        case Status::read:
        case Status::received:
            return true;
        default:
            return false;
    }
}

std::string_view to_word(Direction direction) {
    switch (direction) {
        case Direction::inbound:
            return "inbound";
        case Direction::outbound_api:
            return "outbound-api";
        case Direction::outbound_reply:
            return "outbound-reply";
    }
    return {};
}

}  // namespace jackgw::sms::simulator
