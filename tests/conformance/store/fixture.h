#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "../../support/claim_one.h"
#include "../../support/fake_clock.h"
#include "../../support/racing_backend.h"
#include "backend.h"
#include "store/store.h"

namespace jackgw::test {

using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace jackgw::store;

inline const std::string guest_number = "+15559876543";
inline const std::string hotel_number = "+15551234567";
inline const Lane hotel_lane{"sms", hotel_number};

/// A store to test, and the moves that most tests make.
class StoreTest {
  public:
    static constexpr std::chrono::microseconds lease = 10min;

    StoreTest();

    Timestamp now() const { return clock.now(); }
    void pass(std::chrono::microseconds time) { clock.advance(time); }
    /// Closes the store and opens it again.
    void reopen();

    /// A guest's message to the hotel, with a provider id that was not used yet.
    InboundMessage inbound(const std::string& content, const std::string& from = guest_number);
    ReceiveResult text(const std::string& content, const std::string& from = guest_number) {
        return store->receive(inbound(content, from));
    }

    /// An answer to a guest that expires in ten hours.
    OutboundMessage outbound(const std::string& content, const std::string& to = guest_number,
                             Priority priority = Priority::standard) const;
    Message enqueue(const OutboundMessage& message);
    Message answer(const std::string& content, const std::string& to = guest_number,
                   Priority priority = Priority::standard) {
        return enqueue(outbound(content, to, priority));
    }

    /// Makes due what is due, then claims.
    std::optional<Claim> claim(const Lane& lane = hotel_lane);
    /// The content of what is claimed next; "-": nothing.
    std::string claimed();

    void accept(const Claim& claim, const std::string& provider_id = "SM1");
    void refuse(const Claim& claim, std::optional<std::chrono::microseconds> retry_in);
    void lose(const Claim& claim, std::chrono::microseconds settling);
    void misconfigure(const Claim& claim, const std::string& reason);

    StatusUpdate status(std::string word, const std::string& provider_id = "SM1",
                        const std::string& attempt_id = {}) const;
    Message message(const std::string& id);
    /// The types of all events so far, with a blank between them.
    std::string event_types();

    FakeClock clock;
    IdGenerator ids{clock};
    std::unique_ptr<Backend> backend;
    std::unique_ptr<Store> store;

  protected:
    /// Nothing: the store stands on the back end itself.
    using Wrap = std::function<std::unique_ptr<store::Backend>(std::unique_ptr<store::Backend>)>;
    /// Opens the store anew, over what this makes of the back end.
    void wrap(Wrap wrap);

  private:
    Wrap wrap_;
    int next_provider_id_ = 0;
};

/// A store whose transactions lose races on demand.
class RacingStoreTest : public StoreTest {
  public:
    RacingStoreTest();
    store::Backend& backend_of_store() { return *racing_; }

    Race race;

  private:
    RacingBackend* racing_ = nullptr;
};

Outcome outcome(OutcomeKind kind, const std::string& error_code = {});
AttemptFinish finish_of(const Claim& claim, Outcome outcome);
ConsentReport consent_report(ConsentKind kind, const std::string& scope, Timestamp at);

}  // namespace jackgw::test
