#include "config/schema.h"

#include <algorithm>

#include "config/time_zone.h"

namespace jackgw::config {

namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Text = Parsed<std::string>;

Parsed<ListenAddress> listen_address(const std::string& text) {
    return {parse_listen_address(text), {}};
}

Text public_url(const std::string& text) {
    const auto url = parse_url(text);
    if (!url) return {};
    if (url->has_user_info) return {{}, "must not contain a user or a password"};
    if (url->has_query || url->has_fragment) return {{}, "must not contain a query or a fragment"};
    return {text.substr(0, text.find_last_not_of('/') + 1), {}};
}

Text address_block(const std::string& text) {
    if (!is_address_block(text)) return {};
    return {text, {}};
}

Text name(const std::string& text) {
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    };
    if (text.empty() || text.size() > 64 || text.front() == '.') return {};
    if (!std::all_of(text.begin(), text.end(), allowed)) return {};
    return {text, {}};
}

bool has_control_character(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x20 || byte == 0x7f) return true;
        // U+0080 to U+009F
        if (byte == 0xc2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

Text display_name(const std::string& text) {
    if (text.size() > 200 || has_control_character(text)) return {};
    return {text, {}};
}

Text time_zone(const std::string& text) {
    if (!is_time_zone_name(text)) return {};
    if (!is_known_time_zone(text, time_zone_database))
        return {{},
                std::string("is no time zone that this machine knows; they stand in ") + time_zone_database};
    return {text, {}};
}

Text hours_of_day(const std::string& text) {
    if (!text.empty() && !parse_hours(text)) return {};
    return {text, {}};
}

/// Whether there is such a property can only be said when all have been read.
Text property_id(const std::string& text) {
    if (text.empty()) return {};
    return {text, {}};
}

Text bearer_token(const std::string& text) {
    const auto visible = [](char c) { return c > ' ' && c < '\x7f'; };
    if (text.size() < 16 || text.size() > 256 || !std::all_of(text.begin(), text.end(), visible)) return {};
    return {text, {}};
}

Parsed<std::filesystem::path> sqlite_url(const std::string& text) {
    if (text.starts_with("postgresql:") || text.starts_with("postgres:"))
        return {{}, "PostgreSQL is not supported by this build; use \"sqlite:PATH\""};
    if (!text.starts_with("sqlite:")) return {};
    const std::string path = text.substr(7);
    if (path == ":memory:") return {{}, "must name a file: what is only in memory is lost at the next stop"};
    if (path.empty() || path.ends_with('/') || path.starts_with("//") || path.find('\0') != std::string::npos)
        return {};
    return {std::filesystem::path(path), {}};
}

Parsed<std::filesystem::path> folder(const std::string& text) {
    if (text.empty() || text.find('\0') != std::string::npos) return {};
    return {std::filesystem::path(text), {}};
}

Section<Server> server() {
    return {
        "[server]",
        "Where the gateway listens, how the world sees it, and the limits that protect it.",
        {
            text(
                "listen", &Server::listen, listen_address,
                "an address and a port, e.g. \"127.0.0.1:8080\", \"0.0.0.0:8080\" or \"[::1]:8080\"",
                "Where the gateway listens. Port 0: the system chooses one. Beyond loopback at least one API "
                "token is needed."),
            text("public_url", &Server::public_url, public_url,
                 "an absolute http or https URL, e.g. \"https://api.example.com\"",
                 "The gateway's base URL as providers call and sign it. A path is kept, a trailing slash "
                 "dropped. None: `http://` and the address of `listen`."),
            texts("trusted_proxies", &Server::trusted_proxies, address_block,
                  "a list of IP addresses or blocks, e.g. [\"127.0.0.1\", \"10.0.0.0/8\"]",
                  "Proxies whose `X-Forwarded-For` is believed when the client's address is told."),
            integer("max_body_bytes", &Server::max_body_bytes, 1024, 67'108'864,
                    "The longest body of a request; a longer one is answered 413."),
            integer("max_header_bytes", &Server::max_header_bytes, 1024, 1'048'576,
                    "The longest head of a request: request line and headers."),
            duration("header_timeout_s", &Server::header_timeout, seconds{1}, "seconds", 0.1, 300,
                     "Time for the whole head of a request to arrive."),
            duration("body_timeout_s", &Server::body_timeout, seconds{1}, "seconds", 0.1, 300,
                     "Time for the whole body of a request to arrive; then it is answered 408."),
            duration("send_timeout_s", &Server::send_timeout, seconds{1}, "seconds", 0.1, 300,
                     "Time for the client to take the whole answer."),
            duration("keep_alive_timeout_s", &Server::keep_alive_timeout, seconds{1}, "seconds", 0.1, 300,
                     "How long an idle connection is kept for the next request."),
            integer("max_connections", &Server::max_connections, 1, 10'000,
                    "Connections served at a time, each on its own thread; further ones are turned away."),
            duration("shutdown_grace_s", &Server::shutdown_grace, seconds{1}, "seconds", 0, 600,
                     "How long requests and attempts in flight may go on after SIGTERM or SIGINT."),
        },
        {}};
}

Section<Property> property() {
    return {
        "[properties.NAME]",
        "A property: a hotel. Channels and API tokens say by NAME which is theirs: at most 32 lower-case "
        "letters, digits and underscores, beginning with a letter. Without any such table there is one "
        "property, `main`, with these defaults.",
        {
            text("name", &Property::name, display_name,
                 "at most 200 bytes of text without control characters", "What people call it."),
            text("time_zone", &Property::time_zone, time_zone,
                 "the IANA name of a time zone, e.g. \"Europe/Vienna\"",
                 "The time there. The machine must know the zone (Debian's package `tzdata`); on one that "
                 "knows no zones at all, only the form of the name is checked."),
        },
        {}};
}

Section<ApiToken> api_token() {
    Key<ApiToken> properties = texts(
        "properties", &ApiToken::properties, property_id, "a list of names of properties, e.g. [\"main\"]",
        "The properties that the token is limited to, 1 to 64. Left out: all of them.");
    properties.default_text.clear();  // not [], which is refused
    return {
        "[[api.tokens]]",
        "Who may use the REST API; the table is repeated for each token. Without any, every request to "
        "`/api` is answered 401.",
        {
            text("name", &ApiToken::name, name,
                 "at most 64 letters, digits, \".\", \"_\" and \"-\", not beginning with \".\"",
                 "Who holds the token; unique. It appears in the log, the token never does.")
                .as_required(),
            choice("role", &ApiToken::role, {"reader", "agent", "admin"},
                   "`reader` may only look, `agent` may also send messages and lead conversations, `admin` "
                   "may do everything.")
                .as_required(),
            text("token", &ApiToken::token, bearer_token, "16 to 256 visible ASCII characters",
                 "The bearer token; unique. Better taken from the environment: `\"${NAME}\"`.")
                .as_required()
                .as_secret(),
            std::move(properties),
        },
        {}};
}

Section<Store> store() {
    Key<Store> url = text("url", &Store::file, sqlite_url, "\"sqlite:PATH\"",
                          "Where guests, conversations and messages are kept. The file is made if it is not "
                          "there.");
    url.default_text = toml_text("sqlite:" + Store{}.file.string());
    return {"[store]", "The database.", {std::move(url)}, {}};
}

Section<Plugins> plugins() {
    return {
        "[plugins]",
        "Where channel plugins come from and how they are replaced.",
        {
            text("directory", &Plugins::directory, folder, "the path of a folder",
                 "The folder with the plugins' `.so` files."),
            flag(
                "keep_mapped", &Plugins::keep_mapped,
                "Never unmap a plugin's code, so that sanitizers and profilers can name its functions. Costs "
                "memory at each reload."),
            duration("drain_timeout_s", &Plugins::drain_timeout, seconds{1}, "seconds", 0.1, 3600,
                     "How long calls in flight may go on after a reload before the old generation is "
                     "reported as stuck."),
        },
        {}};
}

Section<Channel> channel() {
    return {
        "[channels.NAME]",
        "A channel. NAME is how the API, the log and the metrics call it: at most 32 lower-case letters, "
        "digits and underscores, beginning with a letter. Its plugin's own options stand in "
        "`[channels.NAME.options]`: strings, integers, booleans and lists of tables that the plugin "
        "declares. What the file "
        "leaves out is taken from the environment variable that the plugin declares for it, then from the "
        "plugin's default; `\"\"` in the file means none. Options of a channel that is not enabled are not "
        "read.",
        {
            text("plugin", &Channel::plugin, name,
                 "the name of a file in the plugin directory without \".so\", e.g. \"jackgw-sms\"",
                 "The plugin's file in the plugin directory, without `.so`.")
                .as_required(),
            text(
                "property", &Channel::property, property_id, "the name of a property, e.g. \"main\"",
                "The property that it belongs to. May be left out if there is one called `main`, or only one "
                "at all."),
            flag("enabled", &Channel::enabled, "Whether the channel is loaded at all."),
            flag("required", &Channel::required,
                 "If its plugin cannot be loaded or started, the gateway does not start either. Else the "
                 "channel alone is out of service."),
        },
        {"options", "outbox"}};
}

template <class Target>
Key<Target> pace(double Target::*member, std::string description) {
    return number("segments_per_second", member, 0.001, 10'000, std::move(description));
}

template <class Target>
Key<Target> burst(std::int64_t Target::*member, std::string description) {
    return integer("burst", member, 1, 10'000, std::move(description));
}

Section<ChannelOutbox> channel_outbox() {
    return {
        "[channels.NAME.outbox]",
        "How fast the channel sends, and when it tries again.",
        {
            pace(&ChannelOutbox::segments_per_second, "Segments a second that each sender may send."),
            burst(&ChannelOutbox::burst, "Segments that a sender which has been silent may send at once."),
            seconds_list("retry_delays_s", &ChannelOutbox::retry_delays, 86'400, 20,
                         "Pauses before the second attempt, the third, and so on, for messages that the "
                         "provider refused for now. Three pauses make four attempts in all."),
            duration("delivery_check_after_s", &ChannelOutbox::delivery_check_after, seconds{1}, "seconds", 0,
                     2'592'000,
                     "How long after a message was accepted the provider is asked what became of it, "
                     "if no report has said so by then; again after twice and four times as long. 0: "
                     "never."),
            text(
                "quiet_hours", &ChannelOutbox::quiet_hours, hours_of_day,
                "two times of day, e.g. \"22:00-07:00\"; empty: none",
                "When nothing is sent, by the clocks of the channel's property (its `time_zone`). What would "
                "go then waits until they end; urgent messages go all the same."),
            duration(
                "quiet_hours_answer_s", &ChannelOutbox::quiet_hours_answer, seconds{1}, "seconds", 0, 86'400,
                "For so long after a guest has written, an answer may go in quiet hours. 0: it waits, too."),
        },
        {"senders"}};
}

Section<SenderPace> sender_pace() {
    Section<SenderPace> section{
        "[channels.NAME.outbox.senders.SENDER]",
        "A sender with a pace of its own. SENDER is the number or name that messages go from, in quotes, "
        "e.g. "
        "`[channels.sms.outbox.senders.\"+18005551234\"]`. What is left out is as in "
        "`[channels.NAME.outbox]`.",
        {
            pace(&SenderPace::segments_per_second, "Segments a second that this sender may send."),
            burst(&SenderPace::burst, "Segments that it may send at once when it has been silent."),
        },
        {}};
    for (Key<SenderPace>& key : section.keys) key.default_text.clear();
    return section;
}

Section<Outbox> outbox() {
    return {
        "[outbox]",
        "Sending, for all channels.",
        {
            integer("workers", &Outbox::workers, 1, 512, "Attempts in flight at a time."),
            duration("default_expiry_h", &Outbox::default_expiry, hours{1}, "hours", 0.001, 720,
                     "A message that names no expiry fails with `EXPIRED` when it could not be sent for so "
                     "long."),
            duration("settle_delay_s", &Outbox::settle_delay, seconds{1}, "seconds", 0, 3600,
                     "How long an attempt with an unknown outcome holds back its recipient's next message. "
                     "Longer than the provider's time-outs."),
        },
        {}};
}

Section<Media> media() {
    return {
        "[media]",
        "Pictures and the like that guests have sent, fetched from the provider when somebody asks for them.",
        {
            integer("max_bytes", &Media::max_bytes, 1024, 1'073'741'824,
                    "The longest that is passed on; a longer one is answered 502, or cut where its length "
                    "wasn't known before."),
            duration("timeout_s", &Media::timeout, seconds{1}, "seconds", 1, 60,
                     "Time for the whole of it, from the request to the provider to its last byte."),
        },
        {}};
}

Section<Log> log() {
    return {
        "[log]",
        "What is written to standard error. Secrets are scrubbed and phone numbers masked.",
        {
            choice("format", &Log::format, {"text", "json"}, "Lines for people, or a JSON object a line."),
            choice("level", &Log::level, {"debug", "info", "warning", "error"}, "The least level written."),
        },
        {}};
}

}  // namespace

Schema make_schema() {
    return {server(),         property(),    api_token(), store(), plugins(), channel(),
            channel_outbox(), sender_pace(), outbox(),    media(), log()};
}

std::vector<std::string> top_level_names() {
    return {"server", "properties", "api", "store", "plugins", "channels", "outbox", "media", "log"};
}

bool is_channel_name(const std::string& name) {
    return is_property_name(name) && name != "jackgw";
}

bool is_property_name(const std::string& name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() <= 32 && name.front() >= 'a' && name.front() <= 'z' &&
           std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace jackgw::config
