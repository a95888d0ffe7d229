#include "journal.h"

#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "json.h"

namespace jackgw::sms::simulator {

namespace {

using Poco::Dynamic::Var;

long long to_number(Time time) {
    return time.time_since_epoch().count();
}
Time from_number(long long number) {
    return Time{Time::duration{number}};
}

std::string to_line(const Message& message) {
    auto object = json_object();
    object.set("message", message.sid);
    object.set("direction", static_cast<int>(message.direction));
    object.set("status", std::string(to_word(message.status)));
    object.set("from", message.from);
    object.set("to", message.to);
    object.set("service", message.messaging_service_sid);
    object.set("body", message.body);
    object.set("media", json_array(message.media_urls));
    object.set("callback", message.status_callback);
    object.set("error", message.error_code.value_or(0));
    object.set("segments", message.segments);
    object.set("created", to_number(message.created));
    object.set("updated", to_number(message.updated));
    if (message.sent) object.set("sent", to_number(*message.sent));
    if (message.send_at) object.set("sendAt", to_number(*message.send_at));
    return to_text(object);
}

Message from_line(const Poco::JSON::Object& object) {
    Message message;
    message.sid = string_at(object, "message");
    message.direction = static_cast<Direction>(number_at(object, "direction"));
    message.status = parse_status(string_at(object, "status")).value_or(Status::queued);
    message.from = string_at(object, "from");
    message.to = string_at(object, "to");
    message.messaging_service_sid = string_at(object, "service");
    message.body = string_at(object, "body");
    message.media_urls = strings_at(object, "media");
    message.status_callback = string_at(object, "callback");
    if (const auto code = number_at(object, "error"); code != 0) message.error_code = static_cast<int>(code);
    message.segments = static_cast<unsigned>(number_at(object, "segments", 1));
    message.created = from_number(number_at(object, "created"));
    message.updated = from_number(number_at(object, "updated"));
    if (object.has("sent")) message.sent = from_number(number_at(object, "sent"));
    if (object.has("sendAt")) message.send_at = from_number(number_at(object, "sendAt"));
    return message;
}

}  // namespace

Journal::Journal(std::string file) : file_(std::move(file)) {}

void Journal::restore(Account& account) {
    std::vector<std::string> order;
    std::map<std::string, Message> messages;
    std::set<std::pair<std::string, std::string>> opt_outs;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
        const auto object = parse_object(line);
        if (!object) continue;
        if (const auto sid = string_at(*object, "message"); !sid.empty()) {
            if (messages.insert_or_assign(sid, from_line(*object)).second) order.push_back(sid);
        } else if (const auto removed = string_at(*object, "removed"); !removed.empty()) {
            messages.erase(removed);
        } else if (const auto sender = string_at(*object, "optOut"); !sender.empty()) {
            opt_outs.emplace(sender, string_at(*object, "guest"));
        } else if (const auto opted_in = string_at(*object, "optIn"); !opted_in.empty()) {
            opt_outs.erase({opted_in, string_at(*object, "guest")});
        }
    }
    in.close();

    // Written beside it and renamed: a kill in between leaves the old file whole.
    const std::string fresh = file_ + ".new";
    out_.open(fresh, std::ios::trunc);
    for (const auto& sid : order) {
        const auto found = messages.find(sid);
        if (found == messages.end()) continue;
        append(to_line(found->second));
        account.restore(found->second);
    }
    for (const auto& [sender, guest] : opt_outs) {
        opt_out_changed(sender, guest, true);
        account.restore_opt_out(sender, guest);
    }
    std::error_code error;
    std::filesystem::rename(fresh, file_, error);
    if (!out_ || error) throw std::runtime_error("the state file can't be written: " + file_);
}

void Journal::message_changed(const Message& message) {
    append(to_line(message));
}

void Journal::message_removed(const std::string& sid) {
    auto object = json_object();
    object.set("removed", sid);
    append(to_text(object));
}

void Journal::opt_out_changed(const std::string& sender, const std::string& guest, bool opted_out) {
    auto object = json_object();
    object.set(opted_out ? "optOut" : "optIn", sender);
    object.set("guest", guest);
    append(to_text(object));
}

void Journal::append(const std::string& line) {
    out_ << line << '\n' << std::flush;
}

}  // namespace jackgw::sms::simulator
