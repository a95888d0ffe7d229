#pragma once

#include <string_view>
#include <vector>

#include "model/attempt.h"

namespace jackgw::test {

/// What is to become of a message for one of Twilio's error codes.
struct ExpectedError {
    int code;
    int http_status;  ///< with which it is answered
    OutcomeKind kind;
    Concern concern;
    std::string_view name;
    bool opted_out;
    bool retryable;
    std::string_view says;  ///< what it is about: part of the sentence for the operator
};

/// Every code of Twilio's public error dictionary, written from there and not from the plugin's
/// own table.
const std::vector<ExpectedError>& expected_errors();

}  // namespace jackgw::test
