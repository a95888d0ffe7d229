#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// The ways to write one URL that Twilio may have signed, the likeliest (the URL as it stands, without its
/// fragment) first, each once. They differ in the port (absent, or the scheme's own), in the credentials
/// (absent, or `credentials` as "user:password" where the URL has none) and in the escapes of the query.
std::vector<std::string> url_variants(std::string_view url, std::string_view credentials);

}  // namespace jackgw::sms
