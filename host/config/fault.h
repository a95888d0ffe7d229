#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace jackgw::config {

/// One thing that is wrong in a config file, fit to be shown: secrets are hidden already.
struct Fault {
    std::filesystem::path file;
    int line = 0;         ///< 0: the file as a whole
    std::string key;      ///< e.g. "server.listen"; empty: the file as a whole
    std::string value;    ///< as the file has it, or what stands for a secret; empty: none to show
    std::string problem;  ///< what is wrong and what is allowed
};

/// "jack.toml:3: server.listen = "8080": must be …".
std::string to_string(const Fault& fault);

/// One fault a line, in the order of the file.
std::string to_string(std::vector<Fault> faults);

}  // namespace jackgw::config
