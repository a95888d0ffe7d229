#pragma once

#include <string>
#include <string_view>

#include "http/client.h"
#include "http/outgoing/url.h"

namespace jackgw::http {

/// Why a request isn't allowed (a header that is the host's or breaks out of its line, a malformed method, a
/// time-out out of range), or empty. The text names headers, never their values.
std::string request_fault(const ClientRequest& request);

/// The request as it goes over the wire.
std::string request_text(const ClientRequest& request, const Url& url, std::string_view user_agent);

}  // namespace jackgw::http
