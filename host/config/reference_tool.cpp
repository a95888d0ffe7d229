#include <fstream>
#include <iostream>
#include <sstream>

#include "config/reference.h"

/// config-reference FILE: brings the tables of the config reference up to date with the schema.
int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: config-reference docs/reference/config.md\n";
        return 2;
    }
    std::ostringstream content;
    content << std::ifstream(argv[1], std::ios::binary).rdbuf();
    const auto updated = jackgw::config::update_reference(content.str());
    if (!updated) {
        std::cerr << argv[1] << ": cannot be read, or lacks the markers around the tables\n";
        return 1;
    }
    std::ofstream out(argv[1], std::ios::binary);
    out << *updated;
    out.close();
    return out ? 0 : 1;
}
