#pragma once

#include <string_view>

/// What all parts of the benchmark know of the simulated provider's account and of the webhook it calls.
namespace jackgw::bench {

inline constexpr std::string_view account_sid = "AC0123456789abcdef0123456789abcdef";
inline constexpr std::string_view auth_token = "fedcba9876543210fedcba9876543210";
inline constexpr std::string_view hotel_number = "+15551234567";
inline constexpr std::string_view public_url = "https://hotel.example.com";
inline constexpr std::string_view webhook_path = "/webhooks/twilio/sms";

/// The answer to a text that was taken, to the letter.
inline constexpr std::string_view empty_twiml =
    R"(<?xml version="1.0" encoding="UTF-8"?><Response></Response>)";

}  // namespace jackgw::bench
