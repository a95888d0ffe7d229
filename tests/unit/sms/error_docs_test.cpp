// docs/sms.md shows the whole dictionary of errors, as the code has it.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "sms/answers/provider_errors.h"

using namespace jackgw::sms;

namespace {

std::string_view word(ErrorClass kind) {
    switch (kind) {
        case ErrorClass::opted_out:
            return "opted out";
        case ErrorClass::permanent:
            return "permanent";
        case ErrorClass::restricted:
            return "restricted";
        case ErrorClass::for_now:
            return "for now";
        case ErrorClass::unknown_outcome:
            return "unknown outcome";
        case ErrorClass::configuration:
            return "configuration";
        case ErrorClass::expired:
            return "expired";
        case ErrorClass::not_known:
            break;
    }
    return {};
}

std::string_view word(Concerns concerns) {
    switch (concerns) {
        case Concerns::message:
            return "message";
        case Concerns::recipient:
            return "recipient";
        case Concerns::pair:
            return "pair";
        case Concerns::sender:
            return "sender";
        case Concerns::account:
            return "account";
        case Concerns::channel:
            return "channel";
        case Concerns::unclear:
            return "message or sender";
    }
    return {};
}

std::string table() {
    std::ostringstream out;
    out << "| Twilio | class | concerns | `errorCode` | What it means | What to do "
           "|\n|---|---|---|---|---|---|\n";
    for (const ProviderErrorRow& row : provider_error_table()) {
        out << "| " << row.first;
        if (row.last != row.first) out << "–" << row.last;
        out << " | " << word(row.error.kind) << " | " << word(row.error.concerns) << " | `" << row.error.name
            << "` | " << row.error.sentence << " | " << row.error.advice << " |\n";
    }
    return out.str();
}

}  // namespace

TEST_CASE("The guide's table of errors is the dictionary") {
    constexpr std::string_view begin = "<!-- the dictionary of errors -->\n";
    constexpr std::string_view end = "<!-- end of the dictionary -->";
    std::ostringstream text;
    text << std::ifstream(SMS_GUIDE).rdbuf();
    const std::string guide = text.str();
    const std::size_t from = guide.find(begin);
    const std::size_t to = guide.find(end);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    const std::string shown = guide.substr(from + begin.size(), to - from - begin.size());
    INFO("docs/sms.md is to have between its two marks:\n" << table());
    CHECK(shown == table());
}
