#pragma once

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Query.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "../../support/fake_clock.h"
#include "../../support/fake_mapper.h"
#include "../../support/fake_store.h"
#include "api/api.h"

namespace jackgw::test {

inline const std::string id_a = "0193b1e6-0000-7000-8000-0000000000aa";
inline const std::string id_b = "0193b1e6-0000-7000-8000-0000000000bb";
inline const std::string id_c = "0193b1e6-0000-7000-8000-0000000000cc";
inline const std::string unknown_id = "0193b1e6-0000-7000-8000-0000000000ff";

class FakePlugins final : public api::PluginControl {
  public:
    std::vector<api::PluginInfo> infos;
    std::variant<api::GenerationInfo, std::string> reload_result;
    std::vector<std::string> reloaded;
    std::variant<api::TestReport, api::NoTest> test_result;
    std::vector<std::string> tested;

    std::vector<api::PluginInfo> list() const override { return infos; }
    std::variant<api::GenerationInfo, std::string> reload(std::string_view channel) override {
        reloaded.emplace_back(channel);
        return reload_result;
    }
    std::variant<api::TestReport, api::NoTest> test(std::string_view channel) override {
        tested.emplace_back(channel);
        return test_result;
    }
};

/// An answer with its body read as JSON.
struct Answer {
    http::Response response;
    int status = 0;

    explicit Answer(http::Response from) : response(std::move(from)), status(response.status) {}

    std::string header(std::string_view name) const {
        for (const http::Header& header : response.headers)
            if (header.name == name) return header.value;
        return "";
    }

    /// The value at a path such as "data[0].id"; empty for null and what isn't there.
    Poco::Dynamic::Var at(const std::string& path) const {
        Poco::JSON::Parser parser;
        return Poco::JSON::Query(parser.parse(response.body)).find(path);
    }
    std::string text(const std::string& path) const {
        const auto value = at(path);
        return value.isEmpty() ? "" : value.convert<std::string>();
    }
    std::size_t size(const std::string& path) const {
        return at(path).extract<Poco::JSON::Array::Ptr>()->size();
    }
    std::string code() const { return text("error.code"); }
    std::string field() const { return text("error.field"); }
};

/// The API on fakes, with a token for each role: "reader-token", "agent-token", "admin-token"; and
/// "harbour-token", an admin's that is limited to the property "harbour".
struct House {
    FakeClock clock;
    FakeStore store{clock};
    FakeChannels channels;
    FakePlugins plugins;
    conversations::Submission submission{store, store, channels, clock};
    api::Api api{{{"dashboard", api::Access::reader, "reader-token"},
                  {"front-desk", api::Access::agent, "agent-token"},
                  {"engineer", api::Access::admin, "admin-token"},
                  {"harbour", api::Access::admin, "harbour-token", {"harbour"}}},
                 store,
                 store,
                 store,
                 submission,
                 channels,
                 plugins};

    static http::Request request(const std::string& method, const std::string& target,
                                 const std::string& body, std::vector<http::Header> headers) {
        http::Request made;
        made.method = method;
        made.target = target;
        made.path = target.substr(0, target.find('?'));
        if (made.path.size() < target.size()) made.query = target.substr(made.path.size() + 1);
        made.headers = std::move(headers);
        made.body = body;
        return made;
    }

    /// `target` below /api/v1.
    Answer call(const std::string& method, const std::string& target, const std::string& body = {},
                std::vector<http::Header> more = {}, const std::string& token = "admin-token") const {
        more.push_back({"Authorization", "Bearer " + token});
        more.push_back({"Content-Type", "application/json"});
        return Answer(api.handle(request(method, "/api/v1" + target, body, std::move(more))));
    }
    Answer get(const std::string& target) const { return call("GET", target); }
    Answer post(const std::string& target, const std::string& body = {},
                std::vector<http::Header> more = {}) const {
        return call("POST", target, body, std::move(more));
    }

    Message& add_message(const std::string& id, DeliveryState state) {
        Message message;
        message.id = id;
        message.seq = static_cast<std::int64_t>(store.all_messages.size()) + 1;
        message.conversation_id = id_a;
        message.guest_id = id_b;
        message.channel = "sms";
        message.direction = Direction::outbound;
        message.role = Role::ai;
        message.content = "Breakfast is at 7";
        message.from = "+15551234567";
        message.to = "+15559876543";
        message.delivery.state = state;
        message.created_at = message.updated_at = clock.now();
        store.all_messages.push_back(message);
        return store.all_messages.back();
    }

    Conversation& add_conversation(const std::string& id, std::int64_t activity) {
        Conversation conversation;
        conversation.id = id;
        conversation.guest_id = id_b;
        conversation.channel = "sms";
        conversation.guest_address = "+15559876543";
        conversation.activity_seq = activity;
        conversation.created_at = conversation.updated_at = clock.now();
        return store.conversations_by_id[id] = conversation;
    }

    Guest& add_guest(const std::string& id, const std::string& address) {
        Guest guest;
        guest.id = id;
        guest.identities = {{"sms", address}};
        guest.created_at = guest.updated_at = clock.now();
        return store.guests_by_id[id] = guest;
    }
};

}  // namespace jackgw::test
