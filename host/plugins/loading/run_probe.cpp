#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <iostream>

#include "plugins/contract/text.h"
#include "plugins/loading/library.h"
#include "plugins/loading/option_table.h"
#include "plugins/loading/plugin_error.h"
#include "plugins/loading/probe.h"

namespace jackgw::plugins {

int run_probe(const std::filesystem::path& file) {
    try {
        // The copy is the parent's; the child neither makes another nor deletes this one.
        StagingArea staging;
        Library library(staging.stage(file), file, false);
        const jackgw_plugin_entry_v1& entry = library.entry();
        Poco::JSON::Object description(Poco::JSON_PRESERVE_KEY_ORDER);
        description.set("id", std::string(view(entry.id)));
        description.set("version", std::string(view(entry.version)));
        description.set("description", std::string(view(entry.description)));
        description.set("abiMajor", entry.abi_major);
        description.set("minHostMinor", entry.min_host_minor);
        Poco::JSON::Array options;
        for (const config::OptionSpec& spec : read_option_table(entry.options)) options.add(spec.key);
        description.set("options", options);
        description.stringify(std::cout);
        std::cout << '\n';
        return 0;
    } catch (const PluginError& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

}  // namespace jackgw::plugins
