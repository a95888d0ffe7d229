#pragma once

#include <string>

#include "faults.h"
#include "http_server.h"

namespace jackgw::sms::simulator {

/// True where the message is accepted before it goes wrong.
bool comes_after_accepting(FaultKind kind);

/// What a fault answers to a request to create a message to `to`, where it doesn't answer as if nothing were.
/// Pure.
HttpResponse fault_answer(const Fault& fault, const std::string& to, Time now);

/// What a fault answers to a request for the list of messages: the provider's own refusal where the status
/// has one, else a stranger's page. Pure.
HttpResponse list_fault_answer(const Fault& fault, Time now);

}  // namespace jackgw::sms::simulator
