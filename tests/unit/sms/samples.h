#pragma once

#include <string>

#include "sms/options.h"

namespace jackgw::sms::test {

inline const std::string account = "AC0123456789abcdef0123456789abcdef";
inline const std::string token = "fedcba9876543210fedcba9876543210";
inline const std::string service = "MG0123456789abcdef0123456789abcdef";
inline const std::string hotel = "+15551234567";
inline const std::string guest = "+15559876543";
inline const std::string public_url = "https://api.example.com";

inline Account own_account() {
    return {account, token, "", "", "", "https://api.twilio.com"};
}

inline Options options() {
    return {Accounts(own_account()), Senders(account, hotel, "")};
}

}  // namespace jackgw::sms::test
