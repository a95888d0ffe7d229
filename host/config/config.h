#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/defaults.h"
#include "config/address.h"

/// The config file as plain values. Every member's initial value is the key's default, from base/defaults.h
/// where another room needs it too; schema.cpp ties members to keys, docs/reference/config.md describes them.
namespace jackgw::config {

using Duration = std::chrono::milliseconds;

struct Server {
    ListenAddress listen;
    std::string public_url;  ///< without a trailing slash; empty: http:// and where the server listens
    std::vector<std::string> trusted_proxies;  ///< IP addresses or CIDR blocks
    std::int64_t max_body_bytes = defaults::max_body_bytes;
    std::int64_t max_header_bytes = defaults::max_header_bytes;
    Duration header_timeout = defaults::header_timeout;
    Duration body_timeout = defaults::body_timeout;
    Duration send_timeout = defaults::send_timeout;
    Duration keep_alive_timeout = defaults::keep_alive_timeout;
    std::int64_t max_connections = defaults::max_connections;
    Duration shutdown_grace = std::chrono::seconds{20};
};

/// A hotel.
struct Property {
    std::string id = defaults::property;
    std::string name;               ///< for people: UTF-8 without control characters; may be empty
    std::string time_zone = "UTC";  ///< an IANA name
};

struct ApiToken {
    std::string name;
    std::string role;                     ///< reader, agent or admin
    std::string token;                    ///< at least 16 visible ASCII characters
    std::vector<std::string> properties;  ///< ids of those that it is limited to; empty: all
};

/// An SQLite file; other backends are not part of this build.
struct Store {
    std::filesystem::path file = "data/jack.db";  ///< absolute once loaded
};

struct Plugins {
    std::filesystem::path directory = "plugins";  ///< absolute once loaded
    bool keep_mapped = false;
    Duration drain_timeout = std::chrono::seconds{30};
};

/// An option of a channel as the file has it; what it means is the plugin's to say (options.h).
struct RawOption {
    std::string key;
    std::variant<std::string, std::int64_t, bool> value;  ///< environment variables are filled in
    std::string shown;                                    ///< as the file has it, for messages
    int line = 0;
};

/// A list of tables among the options, written [[channels.NAME.options.KEY]] for each row.
struct RawOptionList {
    struct Row {
        std::vector<RawOption> options;
        int line = 0;
    };
    std::string key;
    std::vector<Row> rows;
    int line = 0;
};

/// How fast one sender of a channel sends, where that differs from the channel's others.
struct SenderPace {
    std::string sender;  ///< as the channel's plugin names it, e.g. a number
    double segments_per_second = defaults::segments_per_second;
    std::int64_t burst = defaults::burst;
};

/// Times of a day, since midnight.
struct HoursOfDay {
    std::chrono::minutes from{};
    std::chrono::minutes to{};
};
/// Reads "22:00-07:00"; nothing: it isn't of that form, or names no time.
std::optional<HoursOfDay> parse_hours(const std::string& text);

struct ChannelOutbox {
    double segments_per_second = defaults::segments_per_second;
    std::int64_t burst = defaults::burst;
    std::vector<Duration> retry_delays = defaults::retry_delays();
    Duration delivery_check_after = std::chrono::hours{12};  ///< zero: never
    std::string quiet_hours;                                 ///< "22:00-07:00"; empty: none
    Duration quiet_hours_answer{};                           ///< zero: none may go
    std::vector<SenderPace> senders;
};

struct Channel {
    std::string name;
    std::string plugin;                         ///< name of the file in the plugin directory, without ".so"
    std::string property = defaults::property;  ///< id of one in Config::properties
    bool enabled = true;
    bool required = false;
    std::vector<RawOption> options;           ///< empty where the channel is not enabled
    std::vector<RawOptionList> option_lists;  ///< likewise
    ChannelOutbox outbox;
    int line = 0;
};

struct Outbox {
    std::int64_t workers = defaults::workers;
    Duration default_expiry = defaults::expiry;
    Duration settle_delay = defaults::settle_delay;
};

struct Media {
    std::int64_t max_bytes = defaults::max_media_bytes;
    Duration timeout = defaults::media_timeout;
};

struct Log {
    std::string format = "text";  ///< text or json
    std::string level = "info";   ///< debug, info, warning or error
};

struct Config {
    std::filesystem::path file;  ///< as it was given
    Server server;
    std::vector<Property> properties{Property{}};  ///< in the order of their ids, at least one
    std::vector<ApiToken> api_tokens;
    Store store;
    Plugins plugins;
    std::vector<Channel> channels;  ///< in the order of their names
    Outbox outbox;
    Media media;
    Log log;
};

}  // namespace jackgw::config
