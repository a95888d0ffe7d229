#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What can be asked of the program, as plain values.
namespace jackgw::cli {

/// The program's exit codes.
inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;  ///< wrong usage, or a config that is not right

struct Serve {
    std::filesystem::path config;
};

struct Check {
    std::filesystem::path config;
};

struct PluginCheck {
    std::filesystem::path file;
};

/// Opens a plugin and shows what it declares, in a process of its own; the host runs it before it loads a
/// file.
struct PluginProbe {
    std::filesystem::path file;
};

/// Which gateway a client command talks to: `url`, else where the config's [server] listens, else
/// http://127.0.0.1:8080.
struct Target {
    std::optional<std::string> url;
    std::optional<std::filesystem::path> config;
};

struct PluginList {
    Target target;
};

struct PluginTest {
    Target target;
    std::string channel;
};

struct Reload {
    Target target;
    std::optional<std::string> channel;  ///< nothing: every channel that is enabled
};

struct Send {
    Target target;
    std::string channel;
    std::string to;
    std::string text;
    std::vector<std::string> media;       ///< URLs
    std::optional<std::string> priority;  ///< urgent, high, standard or low
    std::optional<std::string> from;
};

using Command = std::variant<Serve, Check, PluginCheck, PluginProbe, PluginList, PluginTest, Reload, Send>;

}  // namespace jackgw::cli
