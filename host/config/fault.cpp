#include "config/fault.h"

#include <algorithm>

namespace jackgw::config {

std::string to_string(const Fault& fault) {
    std::string text = fault.file.string();
    if (fault.line > 0) text += ":" + std::to_string(fault.line);
    if (!fault.key.empty()) text += ": " + fault.key;
    if (!fault.value.empty()) text += " = " + fault.value;
    return text + ": " + fault.problem;
}

std::string to_string(std::vector<Fault> faults) {
    std::stable_sort(faults.begin(), faults.end(),
                     [](const Fault& a, const Fault& b) { return a.line < b.line; });
    std::string text;
    for (const Fault& fault : faults) text += to_string(fault) + "\n";
    return text;
}

}  // namespace jackgw::config
