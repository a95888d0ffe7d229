#pragma once

#include <string_view>

#include "http/message.h"

namespace jackgw::http {

/// The words after the status in the first line; "Unknown" for a status without any.
std::string_view reason_phrase(int status);

/// What the HTTP floor answers by itself: empty, since a provider would take a text for the guest's answer;
/// below /api the API's JSON error. 503 carries Retry-After.
Response edge_answer(int status, std::string_view path);

/// 503 as well, for a request of which nobody knows whether it was carried out: who comes again is right to.
Response outcome_unknown_answer(std::string_view path);

}  // namespace jackgw::http
