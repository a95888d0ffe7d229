#include "plugins/loading/entry_check.h"

#include <cstddef>
#include <cstdint>

#include "plugins/contract/text.h"

namespace jackgw::plugins {

namespace {

std::string version(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

/// The size of the entry in ABI 1.0: what every plugin of this major version has.
constexpr std::size_t entry_size_1_0 = offsetof(jackgw_plugin_entry_v1, get_extension) + sizeof(void*);
constexpr std::size_t option_size_1_0 = offsetof(jackgw_option, maximum) + sizeof(std::int64_t);
constexpr std::uint32_t max_options = 256;

}  // namespace

std::optional<std::string> find_entry_fault(const jackgw_plugin_entry_v1& entry) {
    if (entry.magic != JACKGW_PLUGIN_MAGIC)
        return "its symbol jackgw_plugin_entry does not begin with the magic number of a plugin";
    if (entry.abi_major != JACKGW_ABI_MAJOR)
        return "it was built for plugin ABI " + std::to_string(entry.abi_major) +
               ", this gateway has plugin ABI " + version(JACKGW_ABI_MAJOR, JACKGW_ABI_MINOR) +
               "; rebuild it against this gateway's headers";
    if (entry.min_host_minor > JACKGW_ABI_MINOR)
        return "it needs plugin ABI " + version(entry.abi_major, entry.min_host_minor) +
               " or newer, this gateway has plugin ABI " + version(JACKGW_ABI_MAJOR, JACKGW_ABI_MINOR) +
               "; update the gateway";
    if (entry.struct_size < entry_size_1_0)
        return "its entry has " + std::to_string(entry.struct_size) + " bytes, plugin ABI 1.0 has " +
               std::to_string(entry_size_1_0);
    if (view(entry.id).empty() || view(entry.version).empty()) return "its entry has no id or no version";
    if (entry.create == nullptr || entry.destroy == nullptr)
        return "its entry has no create or no destroy function";
    const jackgw_option_table& options = entry.options;
    if (options.count > max_options || (options.count > 0 && options.items == nullptr))
        return "its option table is malformed";
    if (options.count > 0 && options.item_size < option_size_1_0)
        return "the items of its option table have " + std::to_string(options.item_size) +
               " bytes, plugin ABI 1.0 has " + std::to_string(option_size_1_0);
    return std::nullopt;
}

}  // namespace jackgw::plugins
