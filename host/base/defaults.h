#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Values that hold where nobody says otherwise, each with its reason: what the config file falls back on,
/// and what a room takes that knows nothing of the config and is used without it, as in tests. A value that
/// only one room needs stands in that room.
namespace jackgw::defaults {

/// The hotel that there is before any is configured.
inline constexpr const char* property = "main";
/// How many an API token may be limited to: each number makes statements of its own. More are all but all.
inline constexpr std::size_t max_token_properties = 64;

// The HTTP server.
inline constexpr const char* listen_host = "127.0.0.1";       ///< no other machine's, unless it is asked for
inline constexpr std::int64_t max_body_bytes = 1024 * 1024;   ///< ample for JSON and for providers' forms
inline constexpr std::int64_t max_header_bytes = 32 * 1024;   ///< as nginx: four buffers of 8 KiB
inline constexpr std::chrono::seconds header_timeout{10};     ///< a head is a packet or two
inline constexpr std::chrono::seconds body_timeout{20};       ///< the longest body at some 50 kB a second
inline constexpr std::chrono::seconds send_timeout{20};       ///< likewise for answers
inline constexpr std::chrono::seconds keep_alive_timeout{5};  ///< as Node.js; a thread waits meanwhile
inline constexpr std::int64_t max_connections = 1024;         ///< a thread each

// Sending.
inline constexpr double segments_per_second = 1.0;  ///< the pace of the slowest senders, long codes
inline constexpr std::int64_t burst = 1;            ///< segments: never faster than that pace
inline constexpr std::int64_t workers = 16;         ///< attempts in flight, each a thread that mostly waits
inline constexpr std::chrono::hours expiry{10};     ///< an answer of yesterday helps no guest
inline constexpr std::chrono::seconds settle_delay{120};  ///< longer than a plugin and its provider may take

/// Before the second attempt, the third and the fourth: over in about the time that a guest waits patiently.
inline std::vector<std::chrono::milliseconds> retry_delays() {
    return {std::chrono::seconds{5}, std::chrono::seconds{10}, std::chrono::seconds{20}};
}

// Media that guests have sent.
inline constexpr std::int64_t max_media_bytes = 16 * 1024 * 1024;  ///< more than providers take for MMS
inline constexpr std::chrono::seconds media_timeout{30};           ///< that much at some 560 kB a second

}  // namespace jackgw::defaults
