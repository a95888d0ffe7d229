#include "sms/media/media_hosts.h"

#include "sms/options.h"
#include "sms/signature/url_parts.h"

namespace jackgw::sms {

namespace {

constexpr std::string_view api_path = "/2010-04-01/";

bool is_below(std::string_view host, std::string_view domain) {
    return host.size() > domain.size() && host.ends_with(domain) &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

}  // namespace

MediaHosts::MediaHosts(std::string_view api_base_url) {
    const auto base = read_url(api_base_url);
    if (!base || !is_loopback(api_base_url)) return;
    simulator_origin_ = base->origin;
    simulator_api_ = std::string(base->path).append(api_path);
}

bool MediaHosts::is_simulator(std::string_view url) const {
    const auto parts = read_url(url);
    return parts && !simulator_origin_.empty() && parts->origin == simulator_origin_;
}

MediaHost MediaHosts::classify(std::string_view url) const {
    const auto parts = read_url(url);
    if (!parts || !parts->user_info.empty()) return MediaHost::elsewhere;
    if (is_simulator(url))
        return parts->path.starts_with(simulator_api_) ? MediaHost::provider : MediaHost::cdn;
    if (parts->scheme != "https" || (!parts->port.empty() && parts->port != "443"))
        return MediaHost::elsewhere;
    if (is_below(parts->host, ".twilio.com")) return MediaHost::provider;
    if (is_below(parts->host, ".twiliocdn.com")) return MediaHost::cdn;
    return MediaHost::elsewhere;
}

}  // namespace jackgw::sms
