#include "sms/callback_url.h"

#include <algorithm>

#include "sms/webhooks/form.h"

namespace jackgw::sms {

std::string callback_url(std::string_view url, std::string_view attempt_id) {
    const std::size_t end = std::min(url.find('#'), url.size());
    std::string out(url.substr(0, end));
    if (!attempt_id.empty()) {
        if (out.find('?') == std::string::npos) {
            out += '?';
        } else if (!out.ends_with('?') && !out.ends_with('&')) {
            out += '&';
        }
        out.append(attempt_parameter).append("=").append(percent_encode(attempt_id));
    }
    return out.append(url.substr(end));
}

std::string attempt_of(std::string_view query) {
    return std::string(value_of(parse_form(query), attempt_parameter));
}

}  // namespace jackgw::sms
