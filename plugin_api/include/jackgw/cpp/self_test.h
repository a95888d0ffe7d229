/// jackgw.self_test/1 in C++.
#pragma once

#include <jackgw/cpp/text.h>
#include <jackgw/ext/self_test.h>

#include <string>

namespace jackgw::plugin {

/// One check and what it came to.
struct Check {
    int32_t status = JACKGW_CHECK_OK;  ///< JACKGW_CHECK_…
    std::string name{};                ///< snake_case
    std::string subject{};             ///< empty: the channel as a whole
    std::string message{};             ///< what was found and what to do

    bool operator==(const Check&) const = default;
};

/// Puts a check into the host's sink.
inline void put(jackgw_check_sink sink, const Check& check) {
    const jackgw_check raw{sizeof raw, check.status, str(check.name), str(check.subject), str(check.message)};
    sink.put(sink.target, &raw);
}

}  // namespace jackgw::plugin
