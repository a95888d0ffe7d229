#include "cli/client_commands.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/URI.h>

#include <functional>
#include <ostream>
#include <sstream>

#include "cli/rest_client.h"
#include "cli/table.h"
#include "config/load.h"

namespace jackgw::cli {

namespace {

using Object = Poco::JSON::Object::Ptr;
using Array = Poco::JSON::Array::Ptr;

/// Ends a command: what to say on standard error, and the exit code.
struct Failure {
    int exit_code;
    std::string text;
};

/// Where a program on this machine reaches a gateway that listens there.
std::string url_of(const config::ListenAddress& listen) {
    config::ListenAddress reached = listen;
    if (reached.host == "0.0.0.0") reached.host = "127.0.0.1";
    if (reached.host == "::") reached.host = "::1";
    return "http://" + to_string(reached);
}

std::string base_url(const Target& target, const config::Environment& environment) {
    if (target.url) {
        const auto url = config::parse_url(*target.url);
        if (!url || url->has_query || url->has_fragment || url->has_user_info)
            throw Failure{exit_usage,
                          "--url must be an absolute http or https URL, e.g. http://127.0.0.1:8080"};
        return target.url->substr(0, target.url->find_last_not_of('/') + 1);
    }
    if (!target.config) return "http://127.0.0.1:8080";
    const auto loaded = config::load_server(*target.config, environment);
    if (const auto* faults = std::get_if<std::vector<config::Fault>>(&loaded)) {
        std::string text = to_string(*faults);
        text.pop_back();
        throw Failure{exit_usage, std::move(text)};
    }
    const auto& listen = std::get<config::Server>(loaded).listen;
    if (listen.port == 0)
        throw Failure{exit_usage,
                      "the config lets the system choose the port: say with --url where the gateway is"};
    return url_of(listen);
}

RestClient client_for(const Target& target, const config::Environment& environment) {
    return {base_url(target, environment), environment("JACKGW_API_TOKEN").value_or("")};
}

/// A member as text: strings as they are, numbers and booleans written, lists joined; nothing for null.
std::string text_of(const Object& object, const std::string& name) {
    const auto value = object->get(name);
    if (value.isEmpty()) return {};
    if (value.type() == typeid(Array)) {
        std::string joined;
        for (const auto& item : *value.extract<Array>()) {
            if (item.isEmpty() || item.type() == typeid(Object) || item.type() == typeid(Array)) continue;
            joined += (joined.empty() ? "" : ",") + item.convert<std::string>();
        }
        return joined;
    }
    if (value.type() == typeid(Object)) return {};
    return value.convert<std::string>();
}

Object parse_object(const std::string& body) {
    try {
        const auto parsed = Poco::JSON::Parser().parse(body);
        return parsed.type() == typeid(Object) ? parsed.extract<Object>() : Object();
    } catch (const Poco::Exception&) {
        return {};
    }
}

std::string error_text(const Answer& answer, const Object& object, const std::string& url) {
    const Object error = object ? object->getObject("error") : Object();
    if (!error)
        return url + " answered " + std::to_string(answer.status) +
               ", but not as a gateway's API does: is it one?";
    std::string text = printable(text_of(error, "code")) + ": " + printable(text_of(error, "message"));
    const std::string field = text_of(error, "field");
    if (!field.empty()) text += " (" + printable(field) + ")";
    if (answer.status == 401)
        text += "; JACKGW_API_TOKEN must hold one of the tokens of the gateway's config";
    return text;
}

/// The object that the API answered with; anything but success ends the command.
Object expect(const Answer& answer, int status, const RestClient& client) {
    Object object = parse_object(answer.body);
    if (answer.status == status && object && object->has("data")) return object;
    throw Failure{exit_failed, error_text(answer, object, client.base_url())};
}

std::vector<Object> plugins_of(const RestClient& client) {
    const Array list = expect(client.get("/plugins"), 200, client)->getArray("data");
    std::vector<Object> plugins;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if (const Object plugin = list->getObject(static_cast<unsigned>(i))) plugins.push_back(plugin);
    }
    return plugins;
}

std::string health_of(const Object& plugin) {
    std::string error = text_of(plugin, "error");
    if (!error.empty()) return error;
    if (text_of(plugin, "state") == "disabled") return "-";
    if (text_of(plugin, "healthy") != "false") return text_of(plugin, "healthy").empty() ? "" : "ok";
    const std::string reason = text_of(plugin, "healthReason");
    return reason.empty() ? "not well" : reason;
}

/// The "data" of what is done with a channel: "reload", "test".
Object act_on(const RestClient& client, const std::string& channel, const std::string& action) {
    std::string encoded;
    Poco::URI::encode(channel, "/?#:@!$&'()*+,;=", encoded);
    return expect(client.post("/plugins/" + encoded + "/" + action, ""), 200, client)->getObject("data");
}

void reload_one(const RestClient& client, const std::string& channel, std::ostream& out) {
    const Object data = act_on(client, channel, "reload");
    out << printable(channel) << ": reloaded";
    if (data) {
        out << ", generation " << printable(text_of(data, "generation"));
        const std::string version = text_of(data, "version");
        if (!version.empty()) out << ", version " << printable(version);
    }
    out << "\n";
}

std::string message_json(const Send& command) {
    Poco::JSON::Object message;
    message.set("channel", command.channel);
    message.set("to", command.to);
    if (!command.text.empty()) message.set("content", command.text);
    if (!command.media.empty()) {
        auto media = Poco::makeShared<Poco::JSON::Array>();
        for (const std::string& url : command.media) media->add(url);
        message.set("mediaUrls", media);
    }
    if (command.priority) message.set("priority", *command.priority);
    if (command.from) message.set("from", *command.from);
    std::ostringstream text;
    message.stringify(text);
    return text.str();
}

/// What became of a message that the gateway has taken, and what the channel warns of.
void report_sent(const Object& message, const Surroundings& surroundings) {
    surroundings.out << "message " << printable(text_of(message, "id")) << " to "
                     << printable(text_of(message, "to")) << ": "
                     << printable(text_of(message, "deliveryStatus"));
    const Array parts = message->getArray("parts");
    if (parts && parts->size() > 0) surroundings.out << ", in " << parts->size() << " parts";
    if (text_of(message, "truncated") == "true") surroundings.out << ", cut to fit";
    surroundings.out << "\n";
    const Array warnings = message->getArray("warnings");
    for (std::size_t i = 0; warnings && i < warnings->size(); ++i)
        surroundings.error << "jack-gateway: warning: "
                           << printable(warnings->getElement<std::string>(static_cast<unsigned>(i))) << "\n";
}

/// The one place that turns what ends a command early into words and an exit code.
int run(const Surroundings& surroundings, const std::function<int()>& work) {
    const auto fail = [&](const std::string& text, int exit_code) {
        surroundings.error << "jack-gateway: " << text << "\n";
        return exit_code;
    };
    try {
        return work();
    } catch (const Failure& failure) {
        return fail(failure.text, failure.exit_code);
    } catch (const NoAnswer& error) {
        return fail(error.what(), exit_failed);
    }
}

}  // namespace

int run_client_command(const PluginList& command, const Surroundings& surroundings) {
    return run(surroundings, [&] {
        const RestClient client = client_for(command.target, surroundings.environment);
        std::vector<std::vector<std::string>> rows{
            {"CHANNEL", "PLUGIN", "VERSION", "GENERATION", "ABI", "STATE", "CAPABILITIES", "HEALTH"}};
        for (const Object& plugin : plugins_of(client))
            rows.push_back({text_of(plugin, "channel"), text_of(plugin, "plugin"), text_of(plugin, "version"),
                            text_of(plugin, "generation"), text_of(plugin, "abi"), text_of(plugin, "state"),
                            text_of(plugin, "capabilities"), health_of(plugin)});
        surroundings.out << (rows.size() > 1 ? table_text(rows) : "the gateway has no channels\n");
        return exit_done;
    });
}

int run_client_command(const PluginTest& command, const Surroundings& surroundings) {
    return run(surroundings, [&] {
        const RestClient client = client_for(command.target, surroundings.environment);
        const Object report = act_on(client, command.channel, "test");
        if (!report) throw Failure{exit_failed, client.base_url() + " gave no report of the test"};
        std::vector<std::vector<std::string>> rows{{"CHECK", "OF", "RESULT", "WHAT"}};
        const Array checks = report->getArray("checks");
        for (std::size_t i = 0; checks && i < checks->size(); ++i) {
            if (const Object check = checks->getObject(static_cast<unsigned>(i)))
                rows.push_back({text_of(check, "name"), text_of(check, "subject"), text_of(check, "status"),
                                text_of(check, "message")});
        }
        surroundings.out << (rows.size() > 1 ? table_text(rows) : "nothing was checked\n");
        const std::string error = text_of(report, "error");
        if (!error.empty()) throw Failure{exit_failed, printable(error)};
        return text_of(report, "ok") == "true" ? exit_done : exit_failed;
    });
}

int run_client_command(const Reload& command, const Surroundings& surroundings) {
    return run(surroundings, [&] {
        const RestClient client = client_for(command.target, surroundings.environment);
        if (command.channel) {
            reload_one(client, *command.channel, surroundings.out);
            return exit_done;
        }
        int exit_code = exit_done;
        for (const Object& plugin : plugins_of(client)) {
            const std::string channel = text_of(plugin, "channel");
            if (text_of(plugin, "state") == "disabled") continue;
            // One that fails must not keep the others from their new plugin.
            try {
                reload_one(client, channel, surroundings.out);
            } catch (const Failure& failure) {
                surroundings.error << "jack-gateway: " << printable(channel) << ": " << failure.text << "\n";
                exit_code = exit_failed;
            }
        }
        return exit_code;
    });
}

int run_client_command(const Send& command, const Surroundings& surroundings) {
    return run(surroundings, [&] {
        const RestClient client = client_for(command.target, surroundings.environment);
        const Object answer = expect(client.post("/messages", message_json(command)), 202, client);
        const Object message = answer->getObject("data");
        if (message) report_sent(message, surroundings);
        return exit_done;
    });
}

}  // namespace jackgw::cli
