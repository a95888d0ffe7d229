#include "config/load.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "config/properties.h"
#include "config/raw_options.h"
#include "config/reader.h"

namespace jackgw::config {

namespace {

std::variant<toml::table, Fault> parse_toml(std::string_view text, const std::filesystem::path& file) {
    try {
        return toml::parse(text, std::string_view(file.native()));
    } catch (const toml::parse_error& error) {
        return Fault{
            file, static_cast<int>(error.source().begin.line), {}, {}, std::string(error.description())};
    }
}

std::variant<std::string, Fault> read_file(const std::filesystem::path& file) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return Fault{file, 0, {}, {}, "is a folder, not a config file"};
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    if (!in || in.bad())
        return Fault{
            file, 0, {}, {}, std::string("cannot be read: ") + std::strerror(errno != 0 ? errno : EIO)};
    return std::move(content).str();
}

void read_channel_outbox(const toml::table& table, const std::string& path, const Schema& schema,
                         Reader& reader, ChannelOutbox& outbox) {
    reader.read(table, path, schema.channel_outbox, outbox);
    const auto* senders = reader.table(table, path, "senders");
    if (senders == nullptr) return;
    for (const auto& [key, node] : *senders) {
        SenderPace pace{std::string(key.str()), outbox.segments_per_second, outbox.burst};
        const std::string place = path + ".senders." + in_quotes(pace.sender);
        if (pace.sender.empty()) reader.fault(Reader::line_of(node), place, {}, "names no sender");
        if (const toml::table* own = node.as_table())
            reader.read(*own, place, schema.sender_pace, pace);
        else
            reader.fault(Reader::line_of(node), place, {}, "must be a table, written [" + place + "]");
        outbox.senders.push_back(std::move(pace));
    }
}

void read_channels(const toml::table& channels, const Schema& schema, Reader& reader, Config& config) {
    for (const auto& [key, node] : channels) {
        Channel channel;
        channel.name = key.str();
        channel.line = static_cast<int>(key.source().begin.line);
        const std::string path = "channels." + channel.name;
        if (!is_channel_name(channel.name)) reader.fault(channel.line, path, {}, channel_name_rule);
        const toml::table* table = reader.table(channels, "channels", channel.name);
        if (table == nullptr) continue;
        channel.property.clear();
        reader.read(*table, path, schema.channel, channel);
        settle_property(*table, path, reader, config, channel);
        if (const auto* outbox = reader.table(*table, path, "outbox"))
            read_channel_outbox(*outbox, path + ".outbox", schema, reader, channel.outbox);
        const auto* options = reader.table(*table, path, "options");
        if (options != nullptr && channel.enabled)
            read_raw_options(*options, path + ".options", reader, channel);
        config.channels.push_back(std::move(channel));
    }
}

void read_tokens(const toml::table& api, const Schema& schema, Reader& reader, Config& config) {
    reader.refuse_unknown(api, "api", {"tokens"});
    std::map<std::string, std::string> names;  // and by which entry it is taken
    std::map<std::string, std::string> tokens;
    for (const toml::table* table : reader.tables(api, "api", "tokens")) {
        ApiToken token;
        const std::string path = "api.tokens[" + std::to_string(config.api_tokens.size() + 1) + "]";
        reader.read(*table, path, schema.api_token, token);
        check_properties(*table, path, reader, config, token);
        const int line = Reader::line_of(*table);
        if (const auto [taken, fresh] = names.try_emplace(token.name, path); !fresh && !token.name.empty())
            reader.fault(line, path + ".name", in_quotes(token.name),
                         "is the name of " + taken->second + " too");
        if (const auto [taken, fresh] = tokens.try_emplace(token.token, path); !fresh && !token.token.empty())
            reader.fault(line, path + ".token", hidden(token.token),
                         "is the token of " + taken->second + " too");
        config.api_tokens.push_back(std::move(token));
    }
}

/// What no single key can be blamed for.
void check_whole(const toml::table& root, Reader& reader, const Config& config) {
    if (is_loopback(config.server.listen) || !config.api_tokens.empty()) return;
    const toml::node* node = root["server"]["listen"].node();
    reader.fault(
        node != nullptr ? Reader::line_of(*node) : 0, "server.listen",
        in_quotes(to_string(config.server.listen)),
        "is reachable from other machines, so the API needs at least one [[api.tokens]]; or listen on "
        "127.0.0.1");
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(file, error);
    return (error ? file : absolute).parent_path();
}

template <class Target>
void read_section(const toml::table& root, const std::string& name, const Section<Target>& section,
                  Reader& reader, Target& target) {
    if (const auto* table = reader.table(root, "", name)) reader.read(*table, name, section, target);
}

}  // namespace

std::variant<Config, std::vector<Fault>> parse(std::string_view text, const std::filesystem::path& file,
                                               const Environment& environment) {
    auto parsed = parse_toml(text, file);
    if (auto* fault = std::get_if<Fault>(&parsed)) return std::vector{std::move(*fault)};
    const toml::table& root = std::get<toml::table>(parsed);
    const Schema schema = make_schema();
    Reader reader(file, environment);
    Config config;
    config.file = file;

    reader.refuse_unknown(root, "", top_level_names());
    read_section(root, "server", schema.server, reader, config.server);
    read_properties(root, schema, reader, config);
    if (const auto* api = reader.table(root, "", "api")) read_tokens(*api, schema, reader, config);
    read_section(root, "store", schema.store, reader, config.store);
    read_section(root, "plugins", schema.plugins, reader, config.plugins);
    if (const auto* channels = reader.table(root, "", "channels"))
        read_channels(*channels, schema, reader, config);
    read_section(root, "outbox", schema.outbox, reader, config.outbox);
    read_section(root, "media", schema.media, reader, config.media);
    read_section(root, "log", schema.log, reader, config.log);
    check_whole(root, reader, config);
    if (!reader.faults().empty()) return reader.take_faults();

    const auto folder = folder_of(file);
    config.store.file = (folder / config.store.file).lexically_normal();
    config.plugins.directory = (folder / config.plugins.directory).lexically_normal();
    return config;
}

std::variant<Config, std::vector<Fault>> load(const std::filesystem::path& file,
                                              const Environment& environment) {
    auto content = read_file(file);
    if (auto* fault = std::get_if<Fault>(&content)) return std::vector{std::move(*fault)};
    return parse(std::get<std::string>(content), file, environment);
}

std::variant<Server, std::vector<Fault>> load_server(const std::filesystem::path& file,
                                                     const Environment& environment) {
    auto content = read_file(file);
    if (auto* fault = std::get_if<Fault>(&content)) return std::vector{std::move(*fault)};
    auto parsed = parse_toml(std::get<std::string>(content), file);
    if (auto* fault = std::get_if<Fault>(&parsed)) return std::vector{std::move(*fault)};
    Reader reader(file, environment);
    Server server;
    read_section(std::get<toml::table>(parsed), "server", make_schema().server, reader, server);
    if (!reader.faults().empty()) return reader.take_faults();
    return server;
}

}  // namespace jackgw::config
