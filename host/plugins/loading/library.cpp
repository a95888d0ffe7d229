#include "plugins/loading/library.h"

#include <dlfcn.h>

#include <fstream>

#include "plugins/loading/entry_check.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::plugins {

namespace {

constexpr const char* entry_symbol = "jackgw_plugin_entry";

/// The loader's messages begin with the copy's path, which means nothing to an operator.
std::string without_path(std::string message, const std::filesystem::path& staged) {
    const std::string name = staged.string() + ": ";
    if (const auto at = message.find(name); at != std::string::npos) message.erase(at, name.size());
    return message;
}

}  // namespace

Library::Library(StagedFile staged, const std::filesystem::path& original, bool keep_mapped)
    : staged_(std::move(staged)), keep_mapped_(keep_mapped) {
    const std::string prefix = "plugin file " + original.string() + ": ";
    try {
        library_.load(boost::filesystem::path(staged_.path().string()),
                      boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    } catch (const std::exception& error) {
        std::string reason = without_path(error.what(), staged_.path());
        if (reason.find("failed to map segment") != std::string::npos)
            reason += "; is " + staged_.path().parent_path().parent_path().string() +
                      " mounted noexec? Then set TMPDIR to a folder from which programs may run";
        throw PluginError(prefix + "it can't be loaded: " + reason);
    }
    if (keep_mapped_) ::dlopen(staged_.path().c_str(), RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
    if (!library_.has(entry_symbol))
        throw PluginError(prefix + "it exports no symbol " + entry_symbol + ": not a plugin of this gateway");
    entry_ = &library_.get<const jackgw_plugin_entry_v1>(entry_symbol);
    if (const auto fault = find_entry_fault(*entry_)) throw PluginError(prefix + *fault);
}

std::string Library::close() {
    entry_ = nullptr;
    library_.unload();
    if (keep_mapped_) return "plugins are kept mapped by configuration";
    if (!is_mapped(staged_.path())) return {};
    return "the dynamic loader keeps it: it may define GNU unique symbols, have thread-local destructors "
           "pending on a "
           "living thread, or another library may have bound symbols to it";
}

bool is_mapped(const std::filesystem::path& file) {
    std::ifstream maps("/proc/self/maps");
    std::string line;
    const std::string name = file.string();
    while (std::getline(maps, line))
        if (line.find(name) != std::string::npos) return true;
    return false;
}

}  // namespace jackgw::plugins
