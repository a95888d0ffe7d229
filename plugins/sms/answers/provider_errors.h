#pragma once

#include <jackgw/ext/sender.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// What an error of Twilio's means for a message.
enum class ErrorClass {
    opted_out,        ///< the guest doesn't want messages: record it, never retry
    permanent,        ///< this message will never be taken
    restricted,       ///< this message isn't taken; an operator can lift that for later ones
    for_now,          ///< surely not processed when it answers a send: may be tried later
    unknown_outcome,  ///< the message may have been taken all the same
    configuration,    ///< credentials or sender are wrong: an operator has to act
    expired,          ///< it waited longer than its validity
    not_known,        ///< a code that the dictionary doesn't have
};

/// Whom an error concerns, what else would meet the same: the contract's JACKGW_CONCERNS_…
enum class Concerns : std::int32_t {
    message = JACKGW_CONCERNS_MESSAGE,
    recipient = JACKGW_CONCERNS_RECIPIENT,
    pair = JACKGW_CONCERNS_PAIR,
    sender = JACKGW_CONCERNS_SENDER,
    account = JACKGW_CONCERNS_ACCOUNT,
    channel = JACKGW_CONCERNS_CHANNEL,
    unclear = JACKGW_CONCERNS_UNCLEAR,
};

struct ProviderError {
    ErrorClass kind = ErrorClass::permanent;
    Concerns concerns = Concerns::message;
    std::string_view name;      ///< the host's name for it: UPPER_SNAKE_CASE
    std::string_view sentence;  ///< what is wrong, in words
    std::string_view advice;    ///< what to do, in words
};

/// A row of the dictionary: one code, or neighbours that mean the same.
struct ProviderErrorRow {
    std::int32_t first;
    std::int32_t last;
    ProviderError error;
};

/// The dictionary: the codes of Twilio's public error dictionary, by what is to be done. docs/sms.md shows
/// all of it; a test compares them.
std::span<const ProviderErrorRow> provider_error_table();

/// The name of what failed without an error code of Twilio's.
inline constexpr std::string_view unknown_error = "UNKNOWN";

/// An error code (https://www.twilio.com/docs/api/errors). One that the dictionary doesn't have is called
/// SEND_FAILED, and may concern the message or its sender; 0 stands for no code, and has no words.
ProviderError provider_error(std::int32_t code);

/// For the operator: our two sentences, Twilio's code and Twilio's own words, shortened.
std::string describe_error(std::int32_t code, std::string_view message);

/// JACKGW_FAILURE_… for a message that Twilio reports as failed with this code.
std::uint32_t failure_flags(std::int32_t code);

/// True for the one failure of which it is sure that the guest got nothing and that may pass: the phone was
/// off or out of reach (30003).
bool is_surely_undelivered(std::int32_t code);

/// True for a limit that begins anew at midnight Pacific time (30023, 30027).
bool is_daily_limit(std::int32_t code);

}  // namespace jackgw::sms
