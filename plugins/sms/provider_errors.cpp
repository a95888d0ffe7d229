#include "sms/provider_errors.h"

#include <jackgw/ext/delivery.h>

#include <array>

#include "sms/utf8.h"

namespace jackgw::sms {

namespace {

using enum ErrorClass;

struct Row {
    std::int32_t first;
    std::int32_t last;
    ProviderError error;
};

constexpr std::string_view other = "SEND_FAILED";
constexpr std::size_t longest_message = 300;

// clang-format off
constexpr std::array table{
    Row{21610, 21610, {opted_out, "UNSUBSCRIBED", "The guest has opted out of messages from this sender."}},
    Row{63014, 63014, {opted_out, "UNSUBSCRIBED", "The guest has blocked messages from this sender."}},

    Row{21211, 21211, {permanent, "INVALID_NUMBER", "The recipient is not a valid phone number."}},
    Row{21266, 21266, {permanent, other, "The recipient and the sender are the same number."}},
    Row{21602, 21602, {permanent, other, "The message has no text."}},
    Row{21604, 21604, {permanent, other, "The message has no recipient."}},
    Row{21612, 21612, {permanent, other, "This sender can't send to this recipient."}},
    Row{21614, 21614, {permanent, "NOT_SMS_CAPABLE", "The recipient's number can't receive texts."}},
    Row{21617, 21617, {permanent, other, "The text is longer than 1600 characters."}},
    Row{21618, 21618, {permanent, other, "The text can't be sent."}},
    Row{21619, 21619, {permanent, other, "The message has neither text nor media."}},
    Row{21620, 21620, {permanent, other, "A media URL is not valid."}},
    Row{21623, 21623, {permanent, other, "The message has too many media."}},
    Row{21635, 21635, {permanent, other, "The recipient's number can't receive texts."}},
    Row{30004, 30004, {permanent, "BLOCKED", "The recipient or the carrier blocks this message."}},
    Row{30005, 30005, {permanent, "UNKNOWN_DESTINATION", "The recipient's number is unknown or no longer in use."}},
    Row{30006, 30006, {permanent, "LANDLINE", "The recipient's number is a landline or its carrier can't be reached."}},
    Row{30007, 30007, {permanent, "CARRIER_VIOLATION", "The carrier took the message for unwanted and filtered it."}},
    Row{30011, 30011, {permanent, other, "The recipient's number can't receive media."}},
    Row{30014, 30014, {permanent, other, "The message was rejected on its way."}},
    Row{30019, 30019, {permanent, other, "The media are larger than the carrier allows."}},
    Row{63003, 63003, {permanent, other, "The recipient is not known on this channel."}},
    Row{63013, 63013, {permanent, other, "The message violates a rule of the channel."}},
    Row{63016, 63016, {permanent, other, "Outside the window of a conversation only templates may be sent."}},
    Row{63024, 63024, {permanent, other, "The recipient is not valid on this channel."}},

    Row{20429, 20429, {for_now, other, "The account makes too many requests at once."}},
    Row{21611, 21611, {for_now, other, "The sender's queue is full."}},
    Row{14107, 14107, {for_now, other, "The rate limit for this pair of numbers is reached."}},
    Row{30001, 30001, {for_now, other, "The sender's queue is full."}},
    Row{30003, 30003, {for_now, "UNREACHABLE", "The recipient's phone is off or out of reach."}},
    Row{30008, 30008, {for_now, other, "The carrier did not say why it failed."}},
    Row{30017, 30017, {for_now, other, "The carrier's network is congested."}},
    Row{30020, 30021, {for_now, other, "It failed inside Twilio."}},
    Row{30022, 30022, {for_now, other, "The registered rate of messages is exceeded."}},
    Row{30023, 30023, {for_now, other, "The day's limit of messages is reached; it begins anew at midnight Pacific time."}},
    Row{30027, 30027, {for_now, other, "The carrier's limit for the day is reached; it begins anew at midnight Pacific time."}},
    Row{30410, 30410, {for_now, other, "The carrier did not answer in time."}},
    Row{30450, 30450, {for_now, other, "The message was held back on its way."}},
    Row{30500, 30500, {for_now, other, "It failed at the carrier."}},
    Row{63009, 63010, {for_now, other, "The channel's provider answered with an error."}},
    Row{63012, 63012, {for_now, other, "The channel's provider answered with an error."}},
    Row{63017, 63018, {for_now, other, "The channel's rate limit is reached."}},
    Row{63038, 63038, {for_now, other, "The account's limit of messages for the day is reached."}},

    Row{20500, 20500, {unknown_outcome, other, "Twilio had an internal error; the message may have been taken."}},
    Row{20503, 20503, {unknown_outcome, other, "Twilio was not available; the message may have been taken."}},

    Row{10001, 10001, {configuration, other, "The account is not active."}},
    Row{20003, 20003, {configuration, other, "Account SID or auth token are wrong."}},
    Row{20005, 20005, {configuration, other, "The account is not active."}},
    Row{20006, 20006, {configuration, other, "Access is denied to this account."}},
    Row{20403, 20403, {configuration, other, "The account may not do this."}},
    Row{21212, 21212, {configuration, other, "The sender's number is not valid."}},
    Row{21408, 21408, {configuration, other, "The account may not send to this region; see its geographic permissions."}},
    Row{21601, 21601, {configuration, other, "The sender's number can't send texts."}},
    Row{21603, 21603, {configuration, other, "The message has no sender."}},
    Row{21606, 21606, {configuration, other, "The sender's number does not belong to the account or can't send texts."}},
    Row{21608, 21608, {configuration, other, "A trial account sends to verified numbers only."}},
    Row{21609, 21609, {configuration, other, "The status callback URL is not valid; see public_url and status_callback_url."}},
    Row{21621, 21622, {configuration, other, "The sender can't send media."}},
    Row{21657, 21657, {configuration, other, "The sender is not valid."}},
    Row{21659, 21660, {configuration, other, "The sender's number does not belong to the account."}},
    Row{21701, 21712, {configuration, other, "The messaging service does not exist or lacks a sender that can be used."}},
    Row{30002, 30002, {configuration, other, "The account is suspended."}},
    Row{30018, 30018, {configuration, other, "The destination demands a registered sender."}},
    Row{30024, 30024, {configuration, other, "The sender's number is not provisioned for this carrier."}},
    Row{30032, 30035, {configuration, other, "The sender's number is not registered or not verified for this traffic."}},
    Row{30044, 30044, {configuration, other, "A trial account can't send this message."}},
    Row{63007, 63007, {configuration, other, "The account has no sender for this channel."}},

    Row{30036, 30036, {expired, "EXPIRED", "The message waited longer than it was valid."}},
};
// clang-format on

}  // namespace

ProviderError provider_error(std::int32_t code) {
    for (const Row& row : table) {
        if (code >= row.first && code <= row.last) return row.error;
    }
    return {permanent, code == 0 ? unknown_error : other, {}};
}

std::string describe_error(std::int32_t code, std::string_view message) {
    std::string out(provider_error(code).sentence);
    if (code != 0) {
        if (!out.empty()) out += ' ';
        out += "(Twilio " + std::to_string(code);
        if (!message.empty()) out.append(": ").append(cut(message, longest_message));
        out += ')';
    } else {
        out += cut(message, longest_message);
    }
    return out;
}

std::uint32_t failure_flags(std::int32_t code) {
    if (code == 0) return 0;
    switch (provider_error(code).kind) {
        case opted_out:
            return JACKGW_FAILURE_OPTED_OUT;
        case for_now:
            return JACKGW_FAILURE_RETRYABLE;
        default:
            return 0;
    }
}

}  // namespace jackgw::sms
