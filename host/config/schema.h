#pragma once

#include <string>
#include <vector>

#include "config/key.h"

namespace jackgw::config {

/// A table of the config file.
template <class Target>
struct Section {
    std::string header;  ///< as it is written, e.g. "[server]", "[[api.tokens]]", "[channels.NAME]"
    std::string description;
    std::vector<Key<Target>> keys;
    std::vector<std::string> tables;  ///< names of the tables within it
};

/// All that a config file may hold. The single source for validation, messages and the reference.
struct Schema {
    Section<Server> server;
    Section<Property> property;
    Section<ApiToken> api_token;
    Section<Store> store;
    Section<Plugins> plugins;
    Section<Channel> channel;
    Section<ChannelOutbox> channel_outbox;
    Section<SenderPace> sender_pace;
    Section<Outbox> outbox;
    Section<Media> media;
    Section<Log> log;

    /// Calls visit(section) for each, in the order of the reference.
    template <class Visitor>
    void visit(Visitor visitor) const {
        visitor(server);
        visitor(property);
        visitor(api_token);
        visitor(store);
        visitor(plugins);
        visitor(channel);
        visitor(channel_outbox);
        visitor(sender_pace);
        visitor(outbox);
        visitor(media);
        visitor(log);
    }
};

Schema make_schema();

/// The names of the top level: "server", "api", …
std::vector<std::string> top_level_names();

/// True if a channel may have this name; `channel_name_rule` says which may. Metrics begin with it.
bool is_channel_name(const std::string& name);
inline constexpr const char* channel_name_rule =
    "a channel's name must be at most 32 lower-case letters, digits and underscores, begin with a letter, "
    "and not be \"jackgw\"";

/// True if a property may have this name; `property_name_rule` says which may.
bool is_property_name(const std::string& name);
inline constexpr const char* property_name_rule =
    "a property's name must be at most 32 lower-case letters, digits and underscores, and begin with a "
    "letter";

}  // namespace jackgw::config
