#pragma once

#include <Poco/Dynamic/Var.h>

#include <filesystem>
#include <memory>
#include <string>

#include "../../support/fake_mapper.h"
#include "../../support/temp_folder.h"
#include "../http/raw_client.h"
#include "api/api.h"
#include "api/health.h"
#include "conversations/inbox.h"
#include "http/route_table.h"
#include "http/server.h"
#include "storage/open_store.h"

namespace jackgw::test {

/// An answer that came over the wire, its body read as JSON.
struct JsonAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    Poco::Dynamic::Var at(const std::string& path) const;
    std::string text(const std::string& path) const;
    std::size_t size(const std::string& path) const;
};

class OneChannel final : public api::PluginControl {
  public:
    std::vector<api::PluginInfo> list() const override;
    std::variant<api::GenerationInfo, std::string> reload(std::string_view channel) override;
    std::variant<api::TestReport, api::NoTest> test(std::string_view channel) override;
};

/// The API as a guest's hotel sees it: a real server on a port of the system's choice before a real database.
/// Only the channel is a fake; see fake_mapper.h for its rules.
class Gateway {
  public:
    Gateway();

    /// A request with a connection of its own; `target` is a whole path. Safe from any thread.
    JsonAnswer call(const std::string& method, const std::string& target, const std::string& body = {},
                    const std::string& more_headers = {}, const std::string& token = "agent-token");
    JsonAnswer get(const std::string& target) { return call("GET", "/api/v1" + target); }
    JsonAnswer post(const std::string& target, const std::string& body = {},
                    const std::string& more_headers = {}) {
        return call("POST", "/api/v1" + target, body, more_headers);
    }
    RawClient connect() { return RawClient(server_.port()); }

    /// A guest's message as the channel's plugin reports it.
    void guest_writes(const std::string& from, const std::string& content,
                      std::optional<ConsentKind> consent = std::nullopt);

    store::Store& store() { return *store_; }
    Timestamp now() const { return clock_.now(); }

  private:
    http::Response answer(const http::Request& request);

    SystemClock clock_;
    IdGenerator ids_{clock_};
    TempFolder folder_;
    std::unique_ptr<store::Store> store_;
    FakeChannels channels_;
    OneChannel plugins_;
    conversations::Submission submission_;
    conversations::Inbox inbox_;
    api::Api api_;
    api::Health health_;
    http::RouteTable open_routes_;
    http::Server server_;  // last: its threads use the rest
    int received_ = 0;
};

}  // namespace jackgw::test
