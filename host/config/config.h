#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "config/address.h"

/// The config file as plain values. Every member's initial value is the key's default; schema.cpp ties
/// members to keys, docs/reference/config.md describes them.
namespace jackgw::config {

using Duration = std::chrono::milliseconds;

struct Server {
    ListenAddress listen;
    std::string public_url;  ///< without a trailing slash; empty: http:// and where the server listens
    std::vector<std::string> trusted_proxies;  ///< IP addresses or CIDR blocks
    std::int64_t max_body_bytes = 1'048'576;
    std::int64_t max_header_bytes = 32'768;
    Duration header_timeout = std::chrono::seconds{10};
    Duration body_timeout = std::chrono::seconds{20};
    Duration send_timeout = std::chrono::seconds{20};
    Duration keep_alive_timeout = std::chrono::seconds{5};
    std::int64_t max_connections = 1024;
    Duration shutdown_grace = std::chrono::seconds{20};
};

/// The property that there is without any in the file, and that channels belong to which name none.
inline constexpr const char* main_property = "main";

/// A hotel.
struct Property {
    std::string id = main_property;
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
    std::filesystem::path sqlite_file = "data/jack.db";  ///< absolute once loaded
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
    double segments_per_second = 1.0;
    std::int64_t burst = 1;
};

struct ChannelOutbox {
    double segments_per_second = 1.0;
    std::int64_t burst = 1;
    std::vector<Duration> retry_delays{std::chrono::seconds{5}, std::chrono::seconds{10},
                                       std::chrono::seconds{20}};
    Duration delivery_check_after = std::chrono::hours{12};  ///< zero: never
    std::vector<SenderPace> senders;
};

struct Channel {
    std::string name;
    std::string plugin;                    ///< name of the file in the plugin directory, without ".so"
    std::string property = main_property;  ///< id of one in Config::properties
    bool enabled = true;
    bool required = false;
    std::vector<RawOption> options;           ///< empty where the channel is not enabled
    std::vector<RawOptionList> option_lists;  ///< likewise
    ChannelOutbox outbox;
    int line = 0;
};

struct Outbox {
    std::int64_t workers = 16;
    Duration default_expiry = std::chrono::hours{10};
    Duration settle_delay = std::chrono::seconds{120};
};

struct Media {
    std::int64_t max_bytes = 16'777'216;
    Duration timeout = std::chrono::seconds{30};
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
