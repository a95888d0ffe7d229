#pragma once

#include <jackgw/cpp/plugin.h>

#include <array>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// What an operator can set, as the host reads it from the plugin's entry.
inline constexpr std::array<jackgw_option, 7> option_table{{
    {JACKGW_STR("account_sid"), JACKGW_OPTION_STRING, JACKGW_OPTION_REQUIRED,
     JACKGW_STR("^AC[0-9a-fA-F]{32}$"), JACKGW_STR_EMPTY, JACKGW_STR("TWILIO_ACCOUNT_SID"),
     JACKGW_STR("The account's SID: AC and 32 hex digits"), 0, 0},
    {JACKGW_STR("auth_token"), JACKGW_OPTION_STRING, JACKGW_OPTION_REQUIRED | JACKGW_OPTION_SECRET,
     JACKGW_STR("^.{32}$"), JACKGW_STR_EMPTY, JACKGW_STR("TWILIO_AUTH_TOKEN"),
     JACKGW_STR("The account's primary auth token: 32 characters. It signs what Twilio sends"), 0, 0},
    {JACKGW_STR("phone_number"), JACKGW_OPTION_STRING, 0, JACKGW_STR("^\\+[1-9]\\d{1,14}$"), JACKGW_STR_EMPTY,
     JACKGW_STR("TWILIO_PHONE_NUMBER"),
     JACKGW_STR(
         "The hotel's number in E.164, such as +15551234567; needed unless messaging_service_sid is set"),
     0, 0},
    {JACKGW_STR("messaging_service_sid"), JACKGW_OPTION_STRING, 0, JACKGW_STR("^MG[0-9a-fA-F]{32}$"),
     JACKGW_STR_EMPTY, JACKGW_STR("TWILIO_MESSAGING_SERVICE_SID"),
     JACKGW_STR("A messaging service's SID, MG and 32 hex digits: sent with unless a message names a sender"),
     0, 0},
    {JACKGW_STR("status_callback_url"), JACKGW_OPTION_URL, 0, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY,
     JACKGW_STR("TWILIO_STATUS_CALLBACK_URL"),
     JACKGW_STR("Where Twilio reports deliveries; by default the public URL and /webhooks/twilio/status"), 0,
     0},
    {JACKGW_STR("api_base_url"), JACKGW_OPTION_URL, 0, JACKGW_STR_EMPTY, JACKGW_STR("https://api.twilio.com"),
     JACKGW_STR_EMPTY,
     JACKGW_STR("Base URL of Twilio's API, for another region or a simulator; http on loopback only"), 0, 0},
    {JACKGW_STR("default_region"), JACKGW_OPTION_STRING, 0, JACKGW_STR("^([A-Za-z]{2})?$"), JACKGW_STR_EMPTY,
     JACKGW_STR_EMPTY,
     JACKGW_STR(
         "Two letters, such as DE: where guests' numbers without country code belong. Without it they are "
         "refused"),
     0, 0},
}};

/// The options of an instance.
struct Options {
    std::string account_sid;
    std::string auth_token;
    std::string phone_number;           ///< may be empty if there is a service
    std::string messaging_service_sid;  ///< may be empty if there is a number
    std::string status_callback_url;    ///< may be empty
    std::string api_base_url;           ///< without a trailing slash
    std::string default_region{};       ///< may be empty; else one that has a numbering plan

    /// The sender of messages that name none: the service, else the number.
    const std::string& default_sender() const {
        return messaging_service_sid.empty() ? phone_number : messaging_service_sid;
    }
};

/// Reads what the host handed over. Throws plugin::Failure for what its table can't express: no sender at
/// all, a region that doesn't exist, or http to a machine other than this one.
Options read_options(jackgw_pairs given);

/// True for a URL whose host is this machine: localhost, 127.0.0.0/8, [::1].
bool is_loopback(std::string_view url);

}  // namespace jackgw::sms
