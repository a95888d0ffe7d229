#include "outbox_judge.h"

#include <algorithm>
#include <map>

namespace jackgw::test {

namespace {

using ByText = std::map<std::string, std::vector<Json>>;

ByText by_text(const std::vector<Json>& messages, const char* text) {
    ByText all;
    for (const Json& message : messages) all[message.at(text).get<std::string>()].push_back(message);
    return all;
}

std::string text_or(const Json& object, const char* name, const std::string& otherwise) {
    const Json& value = object.at(name);
    return value.is_string() ? value.get<std::string>() : otherwise;
}

/// What the gateway should say of a message that the provider has.
bool agrees(const std::string& said, const std::string& status) {
    if (status == "delivered") return said == "delivered";
    if (status == "read") return said == "read" || said == "delivered";
    if (status == "undelivered" || status == "failed") return said == "failed";
    return status == "sent" && said == "sent";
}

/// One message of the gateway's and what the provider has of it, in a line for people.
std::string line(const Json& message, const std::vector<Json>& has) {
    std::string text =
        message.at("id").get<std::string>() + " \"" + message.at("content").get<std::string>() + "\" to " +
        message.at("to").get<std::string>() + ": " + message.at("deliveryStatus").get<std::string>() + " " +
        text_or(message, "errorCode", "-") + " " + text_or(message, "providerMessageId", "no provider id") +
        "; the provider has";
    for (const Json& each : has)
        text += " " + each.at("sid").get<std::string>() + " " + each.at("status").get<std::string>() +
                " by attempt " + text_or(each, "attempt", "-");
    return text + (has.empty() ? " nothing" : "");
}

void judge_one(const Json& message, const std::vector<Json>& has, bool reports, Judgement& judgement) {
    const std::string said = message.at("deliveryStatus");
    const std::string sid = text_or(message, "providerMessageId", "");
    const bool never_sent = has.empty() && sid.empty();
    const bool under_way = said == "pending" || said == "sending" || said == "sent";
    if (!reports && under_way && !has.empty() && sid == has[0].at("sid")) return;
    if (said == "pending" || said == "sending") {
        judgement.lost.push_back(line(message, has));
    } else if (said == "unknown") {
        judgement.unknown.push_back(line(message, has));
    } else if (said == "canceled" || (said == "failed" && never_sent)) {
        if (!never_sent) judgement.untruthful.push_back(line(message, has));
        if (said == "failed") ++judgement.failed;
    } else if (has.empty() || sid != has[0].at("sid") || !agrees(said, has[0].at("status"))) {
        judgement.untruthful.push_back(line(message, has));
    } else if (said == "failed") {
        ++judgement.failed;
    }
}

}  // namespace

Judgement judge(Stack& stack, const std::vector<Acknowledged>& acknowledged, bool reports) {
    Judgement judgement;
    const std::vector<Json> all = stack.all_messages();
    ByText stored = by_text(all, "content");
    ByText taken = by_text(stack.provider().all_messages(), "body");
    for (const auto& [text, has] : taken) {
        judgement.accepted += has.size();
        if (has.size() > 1) {
            std::string twice = "\"" + text + "\"";
            for (const Json& each : has)
                twice +=
                    " " + each.at("sid").get<std::string>() + " by attempt " + text_or(each, "attempt", "-");
            judgement.doubled.push_back(std::move(twice));
        }
        if (!stored.contains(text)) judgement.untruthful.push_back("\"" + text + "\" is not in the store");
    }
    for (const auto& [text, messages] : stored) {
        if (messages.size() > 1) judgement.doubled.push_back("\"" + text + "\" is stored twice");
        for (const Json& message : messages) judge_one(message, taken[text], reports, judgement);
    }
    for (const Acknowledged& each : acknowledged) {
        const auto found = stored.find(each.text);
        const bool same = found != stored.end() && found->second[0].at("id") == each.id &&
                          found->second[0].at("from") == each.from && found->second[0].at("to") == each.to;
        if (!same) judgement.lost.push_back(each.id + " \"" + each.text + "\" is not as it was acknowledged");
    }
    return judgement;
}

std::string first_of(const std::vector<std::string>& list) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 10); ++i) text += "\n  " + list[i];
    if (list.size() > 10) text += "\n  and " + std::to_string(list.size() - 10) + " more";
    return text;
}

}  // namespace jackgw::test
