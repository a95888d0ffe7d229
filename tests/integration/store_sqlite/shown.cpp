#include "shown.h"

#include <catch2/catch.hpp>
#include <map>

namespace jackgw::test {

namespace {

class Collector {
  public:
    explicit Collector(Upgraded& gateway) : gateway_(gateway) {}

    Json guests() {
        Json guests = gateway_.get("/guests?limit=200");
        for (const Json& guest : guests) CHECK(gateway_.get("/guests/" + id_of(guest)) == guest);
        return guests;
    }

    Json conversations() {
        Json conversations = gateway_.get("/conversations?limit=200");
        for (Json& conversation : conversations) {
            const std::string target = "/conversations/" + id_of(conversation);
            CHECK(gateway_.get(target) == conversation);
            conversation["messages"] = refer(gateway_.get(target + "/messages?limit=200"));
        }
        return conversations;
    }

    Json failed() { return refer(gateway_.get("/outbox/failed?limit=200")); }

    /// Those that were referred to, by their ids and so by the time of their making.
    Json messages() const {
        Json messages = Json::array();
        for (const auto& [id, message] : messages_) messages.push_back(message);
        return messages;
    }

  private:
    static std::string id_of(const Json& object) { return object["id"]; }

    Json refer(const Json& list) {
        Json ids = Json::array();
        for (const Json& item : list) {
            Json plain = message(id_of(item));
            for (const char* member : {"parts", "waiting", "attempts", "events"}) plain.erase(member);
            CHECK(item == plain);
            ids.push_back(item["id"]);
        }
        return ids;
    }

    Json message(const std::string& id) {
        const auto known = messages_.find(id);
        if (known != messages_.end()) return known->second;
        Json found = gateway_.get("/messages/" + id);
        messages_[id] = found;  // before its parts, one of which it is itself
        messages_[id]["parts"] = refer(found["parts"]);
        return found;
    }

    Upgraded& gateway_;
    std::map<std::string, Json> messages_;
};

}  // namespace

Json shown(Upgraded& gateway) {
    Collector collector(gateway);
    Json all;
    all["outbox"] = gateway.get("/outbox");
    all["failed"] = collector.failed();
    all["guests"] = collector.guests();
    all["conversations"] = collector.conversations();
    all["messages"] = collector.messages();
    return all;
}

}  // namespace jackgw::test
