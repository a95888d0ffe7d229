#pragma once

#include <jackgw/plugin.h>

#include <boost/dll/shared_library.hpp>
#include <filesystem>
#include <string>

#include "plugins/loading/staging.h"

namespace jackgw::plugins {

/// A staged copy of a plugin mapped into this process, with its entry checked. Used by the control thread
/// only.
class Library {
  public:
    /// Throws PluginError that names `original` and the cause. `keep_mapped`: the copy is never unmapped
    /// again, for tools that look symbols up at exit.
    Library(StagedFile staged, const std::filesystem::path& original, bool keep_mapped);

    const jackgw_plugin_entry_v1& entry() const { return *entry_; }

    /// Unmaps the copy. Afterwards neither the entry nor anything that it led to may be touched. Returns
    /// nothing when the copy is gone, else why it may still be there. Correctness doesn't depend on it.
    std::string close();

  private:
    StagedFile staged_;
    bool keep_mapped_;
    boost::dll::shared_library library_;
    const jackgw_plugin_entry_v1* entry_ = nullptr;
};

/// True while a file of this path is mapped into the process.
bool is_mapped(const std::filesystem::path& file);

}  // namespace jackgw::plugins
