#pragma once

#include <jackgw/cpp/plugin.h>

#include <array>

namespace jackgw::sms {

inline constexpr jackgw_str account_sid_pattern = JACKGW_STR("^AC[0-9a-fA-F]{32}$");
inline constexpr jackgw_str auth_token_pattern = JACKGW_STR("^.{32}$");
inline constexpr jackgw_str api_key_sid_pattern = JACKGW_STR("^SK[0-9a-fA-F]{32}$");
inline constexpr jackgw_str service_sid_pattern = JACKGW_STR("^MG[0-9a-fA-F]{32}$");
inline constexpr jackgw_str number_pattern = JACKGW_STR("^\\+[1-9]\\d{1,14}$");
inline constexpr jackgw_str sender_pattern = JACKGW_STR(
    "^(\\+[1-9]\\d{1,14}|\\d{3,8}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])(?![ +])[A-Za-z0-9 +\\-_&]{0,10}[A-Za-z0-9+"
    "\\-_&])$");
inline constexpr jackgw_str region_pattern = JACKGW_STR("^[a-z]{2,4}\\d$");
inline constexpr jackgw_str edge_pattern = JACKGW_STR("^[a-z]+(-[a-z]+)*$");

/// An option that falls back on an environment variable, or on none; a column, which has none.
constexpr jackgw_option option(jackgw_str key, std::uint32_t flags, jackgw_str pattern, jackgw_str env,
                               jackgw_str description) {
    return {key, JACKGW_OPTION_STRING, flags, pattern, JACKGW_STR_EMPTY, env, description, 0, 0};
}
constexpr jackgw_option url_option(jackgw_str key, jackgw_str env, jackgw_str description) {
    return {key, JACKGW_OPTION_URL, 0, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY, env, description, 0, 0};
}

constexpr jackgw_option number_option(jackgw_str key, jackgw_str default_value, std::int64_t maximum,
                                      jackgw_str description) {
    return {key,           JACKGW_OPTION_INTEGER, 0,           JACKGW_STR_EMPTY,
            default_value, JACKGW_STR_EMPTY,      description, 0,
            maximum};
}

inline constexpr std::uint32_t required = JACKGW_OPTION_REQUIRED;
inline constexpr std::uint32_t secret = JACKGW_OPTION_SECRET;

/// What an operator can set, as the host reads it from the plugin's entry.
inline constexpr std::array option_table{
    option(JACKGW_STR("account_sid"), required, account_sid_pattern, JACKGW_STR("TWILIO_ACCOUNT_SID"),
           JACKGW_STR("The account's SID: AC and 32 hex digits")),
    option(JACKGW_STR("auth_token"), required | secret, auth_token_pattern, JACKGW_STR("TWILIO_AUTH_TOKEN"),
           JACKGW_STR("The account's primary auth token: 32 characters. It signs what Twilio sends")),
    option(JACKGW_STR("auth_token_secondary"), secret, auth_token_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("The account's other auth token while tokens are rotated: accepted for signatures")),
    option(
        JACKGW_STR("api_key_sid"), 0, api_key_sid_pattern, JACKGW_STR_EMPTY,
        JACKGW_STR("An API key's SID, SK and 32 hex digits: authorises requests instead of the auth token")),
    option(JACKGW_STR("api_key_secret"), secret, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY,
           JACKGW_STR("The secret of api_key_sid")),
    option(
        JACKGW_STR("phone_number"), 0, number_pattern, JACKGW_STR("TWILIO_PHONE_NUMBER"),
        JACKGW_STR("The hotel's number in E.164, such as +15551234567; needed unless messaging_service_sid "
                   "or a [[…senders]] is set")),
    option(JACKGW_STR("messaging_service_sid"), 0, service_sid_pattern,
           JACKGW_STR("TWILIO_MESSAGING_SERVICE_SID"),
           JACKGW_STR("A messaging service's SID, MG and 32 hex digits: sent with unless a message names a "
                      "sender")),
    url_option(JACKGW_STR("status_callback_url"), JACKGW_STR("TWILIO_STATUS_CALLBACK_URL"),
               JACKGW_STR("Where Twilio reports deliveries; by default the public URL and "
                          "/webhooks/twilio/status")),
    url_option(JACKGW_STR("api_base_url"), JACKGW_STR_EMPTY,
               JACKGW_STR("Base URL of Twilio's API, for a simulator or a proxy, http on loopback only; by "
                          "default https://api.twilio.com")),
    option(JACKGW_STR("default_region"), 0, JACKGW_STR("^([A-Za-z]{2})?$"), JACKGW_STR_EMPTY,
           JACKGW_STR(
               "Two letters, such as DE: where guests' numbers without country code belong. Without it they "
               "are refused")),
    jackgw_option{
        JACKGW_STR("check_media"), JACKGW_OPTION_BOOLEAN, 0, JACKGW_STR_EMPTY, JACKGW_STR("false"),
        JACKGW_STR_EMPTY,
        JACKGW_STR("Ask the servers of media that are to be sent whether Twilio could take them, before "
                   "a message is accepted"),
        0, 0},
    option(
        JACKGW_STR("region"), 0, region_pattern, JACKGW_STR_EMPTY,
        JACKGW_STR("Twilio's region that processes messages, such as ie1; needs edge, and tokens or keys of "
                   "that region")),
    option(JACKGW_STR("edge"), 0, edge_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("Twilio's edge that requests go to, such as dublin; alone it implies the region us1")),
    jackgw_option{
        JACKGW_STR("long_text"), JACKGW_OPTION_STRING, 0, JACKGW_STR("^(truncate|split|reject)$"),
        JACKGW_STR("truncate"), JACKGW_STR_EMPTY,
        JACKGW_STR(
            "A text of more than 1600 UTF-16 code units: truncate cuts it, split sends numbered messages, "
            "reject refuses it"),
        0, 0},
    jackgw_option{
        JACKGW_STR("smart_encoding"), JACKGW_OPTION_BOOLEAN, 0, JACKGW_STR_EMPTY, JACKGW_STR("false"),
        JACKGW_STR_EMPTY,
        JACKGW_STR(
            "Let Twilio replace typographic characters by plain ones, so that more texts fit into GSM-7"),
        0, 0},

    number_option(
        JACKGW_STR("retry_undelivered"), JACKGW_STR("0"), 3,
        JACKGW_STR("How many times a message whose phone was unreachable (30003) is sent again by itself")),
    number_option(JACKGW_STR("retry_undelivered_after_s"), JACKGW_STR("600"), 86'400,
                  JACKGW_STR("How long after the report, in seconds")),

    option(JACKGW_STR("accounts[].account_sid"), required, account_sid_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("A further account's SID: AC and 32 hex digits")),
    option(JACKGW_STR("accounts[].auth_token"), required | secret, auth_token_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("Its primary auth token: 32 characters")),
    option(JACKGW_STR("accounts[].auth_token_secondary"), secret, auth_token_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("Its other auth token while tokens are rotated")),
    option(JACKGW_STR("accounts[].api_key_sid"), 0, api_key_sid_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("An API key's SID, SK and 32 hex digits: authorises its requests")),
    option(JACKGW_STR("accounts[].api_key_secret"), secret, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY,
           JACKGW_STR("The secret of api_key_sid")),
    url_option(JACKGW_STR("accounts[].api_base_url"), JACKGW_STR_EMPTY,
               JACKGW_STR("Base URL of the API for it; by default as for the channel's own account")),
    option(JACKGW_STR("accounts[].region"), 0, region_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("Its region, such as ie1; needs edge")),
    option(JACKGW_STR("accounts[].edge"), 0, edge_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("Its edge, such as dublin")),

    option(JACKGW_STR("senders[].sender"), required, sender_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("A further sender: a number in E.164, a short code, a name of at most 11 letters and "
                      "digits, or a messaging service's SID")),
    option(JACKGW_STR("senders[].account_sid"), 0, account_sid_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("The account that the sender belongs to; by default the channel's own")),
    option(JACKGW_STR("senders[].messaging_service_sid"), 0, service_sid_pattern, JACKGW_STR_EMPTY,
           JACKGW_STR("The messaging service whose pool the number is in: who opts out of the service opts "
                      "out of the number")),
};

}  // namespace jackgw::sms
