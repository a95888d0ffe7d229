#pragma once

#include <map>
#include <string>

#include "load.h"

namespace jackgw::bench {

/// The modes in the order in which they are reported, each with what the server does in it.
struct Mode {
    const char* name;
    const char* meaning;
};
inline constexpr Mode modes[] = {{"static", "answers without a look at the body"},
                                 {"signature", "answers after the signature check alone"},
                                 {"full", "the gateway: checked, stored and committed before it answers"},
                                 {"other", "the other build of the gateway"}};

/// By the name of the mode, of those that took part, and the number of connections.
using Results = std::map<std::string, std::map<int, Measured>>;

/// Prints a table for each mode and then the ratios.
void print_report(const Results& results);

}  // namespace jackgw::bench
