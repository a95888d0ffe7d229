/// The host as a plugin sees it: a handle, and tables of functions found by their versioned ids.
#pragma once

#include <jackgw/cpp/guard.h>
#include <jackgw/plugin.h>

#include <string>
#include <string_view>

namespace jackgw::plugin {

/// True if a table of functions is large enough to have a member and the member is set: tables grow at their
/// ends, and NULL means "not supported".
template <class Table, class Member>
bool offers(const Table* table, Member Table::*member) noexcept {
    if (table == nullptr) return false;
    const auto* begin = reinterpret_cast<const char*>(table);
    const auto* end = reinterpret_cast<const char*>(&(table->*member) + 1);
    return static_cast<uint64_t>(end - begin) <= table->struct_size && table->*member != nullptr;
}

/// A copyable view of the host. Valid until the instance is destroyed; safe from any thread.
class Host {
  public:
    Host(jackgw_host* handle, const jackgw_host_api* api) noexcept : handle_(handle), api_(api) {}

    jackgw_host* handle() const noexcept { return handle_; }
    std::string_view version() const noexcept { return view(api_->version); }

    /// The table behind an id, e.g. `find<jackgw_log>(JACKGW_EXT_LOG)`; nullptr: the host has none.
    template <class Table>
    const Table* find(std::string_view id) const noexcept {
        return static_cast<const Table*>(api_->get_extension(handle_, str(id)));
    }

    /// As find; throws Failure where the host has none.
    template <class Table>
    const Table* require(std::string_view id) const {
        const auto* table = find<Table>(id);
        if (table == nullptr) {
            throw Failure("this host does not offer " + std::string(id) + ": run the plugin on a newer one",
                          JACKGW_E_NOT_SUPPORTED);
        }
        return table;
    }

  private:
    jackgw_host* handle_;
    const jackgw_host_api* api_;
};

/// Throws what a call of the host put into its error sink, unless it went well.
inline void check(jackgw_status status, const TextSink& error) {
    if (status == JACKGW_OK) return;
    throw Failure(
        error.text().empty() ? "the host answered with status " + std::to_string(status) : error.text(),
        status);
}

/// The same for a function that the host's table doesn't have.
template <class Table, class Member>
void require_member(const Table* table, Member Table::*member, std::string_view name) {
    if (!offers(table, member)) {
        throw Failure("this host does not support " + std::string(name), JACKGW_E_NOT_SUPPORTED);
    }
}

}  // namespace jackgw::plugin
