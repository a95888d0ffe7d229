#include <array>

#include "sms/answers/provider_errors.h"

namespace jackgw::sms {

namespace {

using enum ErrorClass;
using enum Concerns;
using Row = ProviderErrorRow;

constexpr std::string_view other = "SEND_FAILED";

// What several rows advise.
constexpr std::string_view check_number = "Check the number with the guest.";
constexpr std::string_view retry_later = "Retry the message later.";
constexpr std::string_view by_itself =
    "Nothing, it is tried again by itself; if it goes on, send less at a time.";
constexpr std::string_view next_day = "Retry after midnight Pacific time, and ask Twilio for a higher limit.";
constexpr std::string_view await_report =
    "Wait for Twilio's report; if none comes, look in Twilio's log before you send it anew: it is never sent "
    "twice.";
constexpr std::string_view check_account =
    "Sign in to Twilio's console, mend the account, then reload the channel.";
constexpr std::string_view check_credentials =
    "Check the account's SID, token and API key, then reload the channel.";
constexpr std::string_view check_sender =
    "Check the configured senders against those in Twilio's console, then reload the channel.";
constexpr std::string_view check_service =
    "Check the service's SID and its senders in Twilio's console, then reload the channel.";
constexpr std::string_view register_sender =
    "Register or verify the sender in Twilio's console, then reload the channel.";
constexpr std::string_view leave_trial =
    "Verify the number in Twilio's console or upgrade the account, then reload the channel.";

// clang-format off
constexpr std::array table{
    Row{21610, 21610, {opted_out, pair, "UNSUBSCRIBED", "The guest has opted out of messages from this sender.",
                       "Nothing: only the guest can lift it, by writing START."}},
    Row{63014, 63014, {opted_out, pair, "UNSUBSCRIBED", "The guest has blocked messages from this sender.",
                       "Nothing: only the guest can lift it."}},

    Row{21211, 21211, {permanent, recipient, "INVALID_NUMBER", "The recipient is not a valid phone number.", check_number}},
    Row{21266, 21266, {permanent, pair, other, "The recipient and the sender are the same number.", "Write to the guest's number, not to the hotel's."}},
    Row{21602, 21602, {permanent, message, other, "The message has no text.", "Give it text or media."}},
    Row{21604, 21604, {permanent, message, other, "The message has no recipient.", "Name the guest's number."}},
    Row{21612, 21612, {permanent, pair, other, "This sender can't send to this recipient.", "Send from a number of the guest's country, or reach the guest another way."}},
    Row{21614, 21614, {permanent, recipient, "NOT_SMS_CAPABLE", "The recipient's number can't receive texts.", "Ask the guest for a mobile number."}},
    Row{21617, 21617, {permanent, message, other, "The text is longer than 1600 characters.", "Shorten it, or send it as several messages."}},
    Row{21618, 21618, {permanent, message, other, "The text can't be sent.", "Write it in other words or characters."}},
    Row{21619, 21619, {permanent, message, other, "The message has neither text nor media.", "Give it one of them."}},
    Row{21620, 21620, {permanent, message, other, "A media URL is not valid.", "Give a public https URL that Twilio can fetch."}},
    Row{21623, 21623, {permanent, message, other, "The message has too many media.", "Send at most ten at once."}},
    Row{21635, 21635, {permanent, recipient, other, "The recipient's number is a landline.", "Ask the guest for a mobile number."}},
    Row{30004, 30004, {permanent, recipient, "BLOCKED", "The recipient or the carrier blocks this message.", "Reach the guest another way."}},
    Row{30005, 30005, {permanent, recipient, "UNKNOWN_DESTINATION", "The recipient's number is unknown or no longer in use.", check_number}},
    Row{30006, 30006, {permanent, recipient, "LANDLINE", "The recipient's number is a landline or its carrier can't be reached.", "Ask the guest for a mobile number."}},
    Row{30007, 30007, {permanent, message, "CARRIER_VIOLATION", "The carrier took the message for unwanted and filtered it.",
                       "Write it in other words, without shortened links; if it goes on, ask Twilio's support with the message's SID."}},
    Row{30011, 30011, {permanent, message, other, "The recipient's number can't receive media.", "Send text with a link instead."}},
    Row{30014, 30014, {permanent, message, other, "The message was rejected on its way.", "Ask Twilio's support with the message's SID."}},
    Row{30019, 30019, {permanent, message, other, "The media are larger than the carrier allows.", "Send smaller media, or a link."}},
    Row{63003, 63003, {permanent, recipient, other, "The recipient is not known on this channel.", check_number}},
    Row{63013, 63013, {permanent, message, other, "The message violates a rule of the channel.", "Check the channel's rules in Twilio's console."}},
    Row{63016, 63016, {permanent, pair, other, "Outside the window of a conversation only templates may be sent.", "Wait until the guest writes, or send a template."}},
    Row{63024, 63024, {permanent, recipient, other, "The recipient is not valid on this channel.", check_number}},

    Row{20429, 20429, {for_now, account, other, "The account makes too many requests at once.", by_itself}},
    Row{21611, 21611, {for_now, sender, other, "The sender's queue at Twilio is full.",
                       "Nothing, it is tried again by itself; set segments_per_second to what Twilio lets this sender send."}},
    Row{14107, 14107, {for_now, pair, other, "The rate limit for this pair of numbers is reached.",
                       "See whether two machines answer one another; else retry the message later."}},
    Row{30001, 30001, {for_now, sender, other, "The sender's queue at Twilio is full.", "Retry the message later, and set segments_per_second to what Twilio lets this sender send."}},
    Row{30003, 30003, {for_now, recipient, "UNREACHABLE", "The recipient's phone is off or out of reach.",
                       "Retry the message later, reach the guest another way, or see retry_undelivered."}},
    Row{30008, 30008, {for_now, message, other, "The carrier did not say why it failed.", retry_later}},
    Row{30017, 30017, {for_now, recipient, other, "The carrier's network is congested.", retry_later}},
    Row{30020, 30021, {for_now, message, other, "It failed inside Twilio.", retry_later}},
    Row{30022, 30022, {for_now, sender, other, "The sender's registered rate is exceeded.", "Retry the message later, and set segments_per_second to the rate that is registered."}},
    Row{30023, 30023, {for_now, sender, other, "The sender's limit for the day is reached.", next_day}},
    Row{30027, 30027, {for_now, sender, other, "The carrier's limit for the day is reached.", next_day}},
    Row{30410, 30410, {for_now, message, other, "The carrier did not answer in time.", retry_later}},
    Row{30450, 30450, {for_now, message, other, "The message was held back on its way.", "Retry the message later; if it goes on, ask Twilio's support with the message's SID."}},
    Row{30500, 30500, {for_now, message, other, "It failed at the carrier.", retry_later}},
    Row{30047, 30047, {for_now, message, other, "Twilio could not put the message off to an hour when it may be sent.", retry_later}},
    Row{30610, 30610, {for_now, recipient, other, "It is night where the recipient is, when such messages may not be sent.",
                       "Retry the message when it is day there."}},
    Row{63009, 63010, {for_now, message, other, "The channel's provider answered with an error.", retry_later}},
    Row{63012, 63012, {for_now, message, other, "The channel's provider is not available.", retry_later}},
    Row{63017, 63018, {for_now, sender, other, "The channel's rate limit is reached.", retry_later}},
    Row{63038, 63038, {for_now, account, other, "The account's limit of messages for the day is reached.", "Retry the message the next day, or ask Twilio for a higher limit."}},

    Row{21408, 21408, {restricted, recipient, other, "The account may not send to the recipient's country.",
                       "Allow the country in Twilio's console under Messaging, Settings, Geo permissions; then send it anew."}},
    Row{21606, 21606, {restricted, unclear, other, "The sender's number can't reach this recipient, or does not belong to the account.",
                       "If others fail, too, check the configured senders against those in Twilio's console; else send from another number."}},
    Row{21608, 21608, {restricted, recipient, other, "A trial account sends to verified numbers only.",
                       "Verify the guest's number in Twilio's console or upgrade the account; then send it anew."}},
    Row{21621, 21622, {restricted, message, other, "The sender can't send media.", "Send text alone, or enable MMS for the number in Twilio's console; then send it anew."}},

    Row{20500, 20500, {unknown_outcome, channel, other, "Twilio had an internal error; the message may have been taken.", await_report}},
    Row{20503, 20503, {unknown_outcome, channel, other, "Twilio was not available; the message may have been taken.", await_report}},

    Row{10001, 10001, {configuration, account, other, "The account is not active.", check_account}},
    Row{20003, 20003, {configuration, account, other, "The account's SID, auth token or API key is wrong.", check_credentials}},
    Row{20005, 20005, {configuration, account, other, "The account is not active.", check_account}},
    Row{20006, 20006, {configuration, account, other, "Access is denied to this account.", check_credentials}},
    Row{20403, 20403, {configuration, account, other, "The account may not do this.", check_account}},
    Row{20404, 20404, {configuration, account, other, "Twilio does not have this account where it is asked for.",
                       "Check the account's SID, region and api_base_url, then reload the channel."}},
    Row{21212, 21212, {configuration, sender, other, "The sender's number is not valid.", check_sender}},
    Row{21601, 21601, {configuration, sender, other, "The sender's number can't send texts.", check_sender}},
    Row{21603, 21603, {configuration, sender, other, "The message has no sender.", check_sender}},
    Row{21609, 21609, {configuration, account, other, "The status callback URL is not valid.",
                       "Check public_url and status_callback_url: https, and no underscore in the host name; then reload the channel."}},
    Row{21657, 21657, {configuration, sender, other, "The sender is not valid.", check_sender}},
    Row{21659, 21660, {configuration, sender, other, "The sender's number does not belong to the account.", check_sender}},
    Row{21701, 21712, {configuration, sender, other, "The messaging service does not exist or lacks a sender that can be used.", check_service}},
    Row{30002, 30002, {configuration, account, other, "The account is suspended.", check_account}},
    Row{30018, 30018, {configuration, account, other, "The destination demands a registered sender.", register_sender}},
    Row{30024, 30024, {configuration, sender, other, "The sender's number is not provisioned for this carrier.", register_sender}},
    Row{30032, 30035, {configuration, sender, other, "The sender's number is not registered or not verified for this traffic.", register_sender}},
    Row{30044, 30044, {configuration, sender, other, "A trial account can't send this message.", leave_trial}},
    Row{63007, 63007, {configuration, sender, other, "The account has no sender for this channel.", check_sender}},

    Row{30036, 30036, {expired, message, "EXPIRED", "The message waited at Twilio longer than it was valid.", "Send it anew if it is still of use."}},
};
// clang-format on

}  // namespace

std::span<const ProviderErrorRow> provider_error_table() {
    return table;
}

}  // namespace jackgw::sms
