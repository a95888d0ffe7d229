/// Turns a C++ struct into a plugin: the functions of the entry with exceptions stopped at the boundary.
///
///     struct jackgw_plugin {                                            // the instance
///         explicit jackgw_plugin(const jackgw::plugin::CreateArgs& args);  // registers routes and sender
///         void start();                                                 // these four may be left out
///         void quiesce(std::chrono::microseconds deadline);
///         void stop();
///         const void* get_extension(std::string_view id);
///     };
///
///     constinit const jackgw_plugin_entry_v1 jackgw_plugin_entry =
///         jackgw::plugin::make_entry<jackgw_plugin>({.id = "acme", …}, option_table);
///
/// The constructor and `start` may throw, best a Failure. Build the file with hidden visibility,
/// -fno-gnu-unique and the linker's version script (plugin_api/plugin.map), or copies of it can't be loaded
/// side by side.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/plugin.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace jackgw::plugin {

/// What a new instance gets. The views are valid while it is created, `host` until it is destroyed.
struct CreateArgs {
    explicit CreateArgs(const jackgw_create_args& args)
        : host(args.host, args.api),
          channel(view(args.channel)),
          public_url(view(args.public_url)),
          options(args.options) {}

    Host host;
    std::string_view channel;
    std::string_view public_url;  ///< without a trailing slash
    jackgw_pairs options;         ///< those that have a value, validated
};

/// How the plugin introduces itself.
struct About {
    std::string_view id;
    std::string_view version;
    std::string_view description;
    uint32_t min_host_minor = 0;  ///< the least minor version of the host that it needs, as a literal
};

/// The entry's functions for an instance type. Not to be used by itself.
template <class Plugin>
struct EntryFunctions {
    static_assert(std::is_same_v<Plugin, ::jackgw_plugin>, "the instance is the plugin's ::jackgw_plugin");

    static jackgw_status create(const jackgw_create_args* args, Plugin** out, jackgw_sink error) noexcept {
        return guard(error, [&] { *out = std::make_unique<Plugin>(CreateArgs(*args)).release(); });
    }

    static jackgw_status start(Plugin* plugin, jackgw_sink error) noexcept {
        return guard(error, [&] {
            if constexpr (requires { plugin->start(); }) plugin->start();
        });
    }

    static void quiesce(Plugin* plugin, int64_t deadline_us) noexcept {
        guard({}, [&] {
            if constexpr (requires { plugin->quiesce(std::chrono::microseconds{}); }) {
                plugin->quiesce(std::chrono::microseconds{deadline_us});
            }
        });
    }

    static void stop(Plugin* plugin) noexcept {
        guard({}, [&] {
            if constexpr (requires { plugin->stop(); }) plugin->stop();
        });
    }

    static void destroy(Plugin* plugin) noexcept { const std::unique_ptr<Plugin> owner(plugin); }

    static const void* get_extension(Plugin* plugin, jackgw_str id) noexcept {
        const void* found = nullptr;
        guard({}, [&] {
            if constexpr (requires { plugin->get_extension(std::string_view{}); }) {
                found = plugin->get_extension(view(id));
            }
        });
        return found;
    }
};

/// The entry for an instance type; a constant, so that the host reads it before any code of the plugin has
/// run.
template <class Plugin>
constexpr jackgw_plugin_entry_v1 make_entry(const About& about, std::span<const jackgw_option> options) {
    using Functions = EntryFunctions<Plugin>;
    return {
        JACKGW_PLUGIN_MAGIC,
        sizeof(jackgw_plugin_entry_v1),
        1,
        about.min_host_minor,
        str(about.id),
        str(about.version),
        str(about.description),
        {options.data(), static_cast<uint32_t>(options.size()), sizeof(jackgw_option)},
        &Functions::create,
        &Functions::start,
        &Functions::quiesce,
        &Functions::stop,
        &Functions::destroy,
        &Functions::get_extension,
    };
}

}  // namespace jackgw::plugin
