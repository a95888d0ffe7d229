#pragma once

#include <string>
#include <string_view>

namespace jackgw::sms::self_test {

/// True if Twilio reaches the same route by either URL: scheme and host without regard to case, the scheme's
/// own port like none, path to the letter. Credentials, query and fragment don't lead elsewhere.
bool same_address(std::string_view url, std::string_view other);

/// A URL for people: without credentials, query and fragment.
std::string shown(std::string_view url);

/// True if the URL's fragment makes Twilio come again when the gateway is away or fails: rc of at least 1 and
/// rp with "all", or with "5xx" and "rt" (Twilio's documentation of messaging webhooks).
bool asks_for_retries(std::string_view url);

}  // namespace jackgw::sms::self_test
