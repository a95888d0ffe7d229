#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "stack.h"

namespace jackgw::test {

/// The hotel's second number.
inline constexpr const char* spa_number = "+15550001111";

/// A stack whose channel sends from both of the hotel's numbers.
inline StackOptions with_spa() {
    StackOptions options;
    options.simulator_arguments = {"--number", spa_number};
    options.channel_options =
        "[[channels.sms.options.senders]]\nsender = \"" + std::string(spa_number) + "\"\n";
    return options;
}

/// A guest's text to that number.
inline void text_to(Stack& stack, const std::string& number, const std::string& sid,
                    const std::string& body) {
    Parameters parameters = text_parameters(sid, guest_number, body);
    for (auto& [name, value] : parameters)
        if (name == "To") value = number;
    REQUIRE(stack.webhook("/webhooks/twilio/sms", parameters).status == 200);
}

}  // namespace jackgw::test
