#include "sms/options.h"

#include <algorithm>

#include "sms/recipient.h"

namespace jackgw::sms {

namespace {

std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    std::string_view authority = url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority =
        authority.substr(authority.rfind('@') == std::string_view::npos ? 0 : authority.rfind('@') + 1);
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

void refuse(const std::string& text) {
    throw plugin::Failure(text, JACKGW_E_INVALID_ARGUMENT);
}

}  // namespace

bool is_loopback(std::string_view url) {
    const std::string_view host = host_of(url);
    if (host == "localhost" || host == "[::1]") return true;
    // A name such as 127.example.com is a host like any other.
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos &&
           std::count(host.begin(), host.end(), '.') == 3;
}

Options read_options(jackgw_pairs given) {
    const auto value = [&](std::string_view key) {
        return std::string(plugin::find(given, key).value_or(std::string_view{}));
    };
    Options options{value("account_sid"),           value("auth_token"),          value("phone_number"),
                    value("messaging_service_sid"), value("status_callback_url"), value("api_base_url"),
                    value("default_region")};
    if (options.account_sid.empty())
        refuse("account_sid is not set: write the account's SID into the config");
    if (options.auth_token.empty()) {
        refuse("auth_token is not set: without it no request of Twilio's could be verified");
    }
    if (options.default_sender().empty()) {
        refuse("neither phone_number nor messaging_service_sid is set: one of them is needed to send with");
    }
    if (options.api_base_url.empty()) {
        for (const jackgw_option& option : option_table) {
            if (plugin::view(option.key) == "api_base_url")
                options.api_base_url = plugin::view(option.default_value);
        }
    }
    if (options.api_base_url.find_first_of("?#") != std::string::npos) {
        refuse("api_base_url = \"" + options.api_base_url + "\" must not contain a query or a fragment");
    }
    while (options.api_base_url.ends_with('/')) options.api_base_url.pop_back();
    if (!options.api_base_url.starts_with("https://") && !is_loopback(options.api_base_url)) {
        refuse("api_base_url = \"" + options.api_base_url +
               "\" would send the auth token in the clear: use https, or http to this machine only");
    }
    if (!options.default_region.empty()) {
        const auto region = read_region(options.default_region);
        if (!region) {
            refuse("default_region = \"" + options.default_region +
                   "\" is no region with a numbering plan: write its ISO 3166 code, such as US, DE or GB");
        }
        options.default_region = *region;
    }
    return options;
}

}  // namespace jackgw::sms
