#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/self_test.h"

namespace jackgw::api {

enum class ChannelState {
    ready,    ///< a generation of its plugin is live
    down,     ///< it is enabled, but no generation could be loaded or started
    disabled  ///< by configuration
};

/// One load of a plugin file.
struct GenerationInfo {
    std::uint64_t number = 0;    ///< counts up for each channel
    std::string version;         ///< the plugin's own
    std::string abi;             ///< e.g. "1.0"
    std::string state;           ///< "live", "draining", "stuck", …
    std::string file;            ///< that it was loaded from
    std::int64_t in_flight = 0;  ///< leases not yet returned
};

struct PluginInfo {
    std::string channel;
    std::string property;  ///< whose the channel is
    std::string plugin;    ///< as configured
    bool enabled = true;
    bool required = false;
    ChannelState state = ChannelState::down;
    std::string error;                   ///< why it is down, or why the last reload failed; empty: nothing
    std::optional<GenerationInfo> live;  ///< what serves now
    std::vector<GenerationInfo> retiring;
    std::vector<std::string> capabilities;  ///< "text", "media", …
    bool healthy = true;
    std::string health_reason;  ///< why it isn't
};

/// What a channel's self-test found.
struct TestReport {
    std::vector<Check> checks;  ///< in the order in which they are shown
    std::string error;          ///< why the test as a whole could not be made; empty: it was made
};

/// Why a self-test was not run.
enum class NoTest {
    not_ready,      ///< the channel's plugin is down
    not_supported,  ///< the plugin has none
    running         ///< another one runs
};

/// The channels' plugins as the API sees and moves them. Safe from any thread.
class PluginControl {
  public:
    virtual ~PluginControl() = default;

    /// All configured channels, in the order of their names.
    virtual std::vector<PluginInfo> list() const = 0;

    /// Loads the channel's plugin file anew and publishes it. Blocks until the new generation serves or has
    /// failed; in the latter case the text says why, and the old generation goes on. Called for channels that
    /// `list` names.
    virtual std::variant<GenerationInfo, std::string> reload(std::string_view channel) = 0;

    /// Runs the self-test of the channel's plugin, one at a time; blocks for as long as half a minute. Called
    /// for channels that `list` names.
    virtual std::variant<TestReport, NoTest> test(std::string_view channel) = 0;
};

}  // namespace jackgw::api
