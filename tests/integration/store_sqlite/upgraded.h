#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "../../support/fake_clock.h"
#include "../../support/fake_mapper.h"
#include "../../support/temp_folder.h"
#include "api/api.h"
#include "base/ids.h"
#include "conversations/submission.h"
#include "store/store.h"

namespace jackgw::test {

/// Keeps the order in which the API gives its members.
using Json = nlohmann::ordered_json;

/// The addresses of the hotel in the dumps.
inline const std::string main_sender = "+15551234567";
inline const std::string held_sender = "+15557654321";
inline const std::string late_sender = "+15550001111";  ///< what came with later versions goes from here

struct ApiAnswer {
    int status = 0;
    Json body;
    bool replayed = false;  ///< the idempotency key was known
};

/// Opens a database file with today's store, which brings it up to date, and closes it.
void upgrade(const std::filesystem::path& file);

/// A database of an earlier schema version, opened by today's store at the moment at which it was dumped, and
/// the API before it. Nothing else runs: no dispatcher, so nothing is recovered or sent but by the test. All
/// that the tests do with the store itself is in here.
class Upgraded {
  public:
    explicit Upgraded(int version);

    // What staff does, by the API

    /// The answer's data; fails the test if there is none.
    Json get(const std::string& target);
    ApiAnswer post(const std::string& target, const Json& body, const std::string& key = {});
    ApiAnswer write(const std::string& from, const std::string& to, const std::string& content,
                    const std::string& key = {});
    /// The one message with this content.
    Json message(const std::string& content);

    // What dispatcher and plugins do

    /// Claims, one after the other, what the sender has to send now, each accepted at once: their contents.
    std::vector<std::string> send_all(const std::string& sender);
    /// The provider's answer to the message's attempt that is in flight.
    bool answer(const std::string& content, const std::string& provider_id);
    store::ReceiveResult receive(const std::string& provider_id);
    store::StatusResult report(const std::string& provider_id, const std::string& word);
    /// The provider's word, kept apart from messages, that the guest wants none.
    bool report_opt_out(const std::string& dedup_key);
    /// What the gateway does when it starts: how many attempts are in doubt now.
    std::int64_t recover();
    /// The contents of those about which the provider is to be asked, those that have waited longest first,
    /// with how often it was asked.
    std::vector<std::string> awaited();
    /// What the guest's message came with, which the API doesn't show.
    NameValues raw(const std::string& content);

    FakeClock clock{*parse_iso8601("2026-11-20T18:00:00Z")};

  private:
    ApiAnswer call(const std::string& method, const std::string& target, const std::string& body,
                   const std::string& key);
    bool accept(const std::string& attempt_id, const std::string& provider_id);

    IdGenerator ids_{clock};
    TempFolder folder_;
    std::unique_ptr<store::Store> store_;
    FakeChannels channels_;
    std::unique_ptr<api::PluginControl> plugins_;
    conversations::Submission submission_;
    api::Api api_;
    int sent_ = 0;
};

}  // namespace jackgw::test
