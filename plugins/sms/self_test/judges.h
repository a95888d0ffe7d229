#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/self_test.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sms/self_test/resources.h"

/// What is right and wrong about what Twilio says, in words for the operator. Pure.
namespace jackgw::sms::self_test {

using plugin::Check;

/// Twilio calls and signs the gateway's public URL.
Check judge_public_url(std::string_view public_url);

/// The answer to a request that any right credential may make. `what` is the option that holds it.
Check judge_credentials(std::string_view sid, std::string_view what, const plugin::HttpAnswer& answer);

Check judge_account(std::string_view sid, const AccountState& account);

/// A number or short code that is configured; `found`: as the account has it, nothing if it hasn't.
Check judge_number(std::string_view number, std::string_view account_sid,
                   const std::optional<OwnNumber>& found);

/// Where Twilio takes what guests write to a number. `service`: the messaging service that the number is in;
/// null: none; a number that is the service's SID stands for the service itself. `expected`: the gateway's
/// own URL.
Check judge_webhook(const OwnNumber& number, const Service* service, std::string_view expected);

/// A messaging service that is configured; `found`: as the account has it, nothing if it hasn't. `numbers`:
/// the account's numbers that are configured beside it.
Check judge_service(std::string_view sid, std::string_view account_sid, const std::optional<Service>& found,
                    const std::vector<std::string>& numbers);

/// An alphanumeric sender that is configured: only services list them.
Check judge_name(std::string_view name, const std::vector<Service>& services);

/// A check that could not be made, since Twilio gave no proper answer.
Check unanswered(std::string_view name, std::string_view subject, const plugin::HttpAnswer& answer);

}  // namespace jackgw::sms::self_test
