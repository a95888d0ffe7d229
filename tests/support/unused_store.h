#pragma once

#include <stdexcept>

#include "store/store.h"

namespace jackgw::test {

/// A Store of which nothing is expected: every operation throws std::logic_error. Fakes override what their
/// test uses.
class UnusedStore : public store::Store {
  public:
    store::ReceiveResult receive(const InboundMessage&) override { unexpected("receive"); }
    bool record_consent(const store::ConsentReport&) override { unexpected("record_consent"); }
    store::StaffConsentResult record_by_staff(const store::StaffConsent&, Timestamp) override {
        unexpected("record_by_staff");
    }
    store::EnqueueResult enqueue(const OutboundMessage&, Timestamp) override { unexpected("enqueue"); }
    store::DueSummary promote_due(Timestamp) override { unexpected("promote_due"); }
    std::optional<store::Claim> claim(const store::Lane&, Timestamp) override { unexpected("claim"); }
    bool finish_attempt(const store::AttemptFinish&) override { unexpected("finish_attempt"); }
    std::int64_t recover(Timestamp, Timestamp) override { unexpected("recover"); }
    bool cancel(std::string_view, Timestamp) override { unexpected("cancel"); }
    std::int64_t release_lanes(std::string_view, Timestamp) override { unexpected("release_lanes"); }
    void set_paused(bool, Timestamp) override { unexpected("set_paused"); }
    store::StatusResult apply_status(const store::StatusUpdate&) override { unexpected("apply_status"); }
    store::OverdueDeliveries overdue_deliveries(std::string_view, const store::LookUpWaits&, Timestamp,
                                                std::size_t) override {
        unexpected("overdue_deliveries");
    }
    bool note_look_up(std::string_view, store::LookUpNote, Timestamp) override { unexpected("note_look_up"); }
    Change change_conversation(std::string_view, ConversationEvent, Timestamp) override {
        unexpected("change_conversation");
    }
    Change update_guest(std::string_view, std::optional<std::string>, std::optional<std::string>,
                        Timestamp) override {
        unexpected("update_guest");
    }
    std::optional<Guest> guest(std::string_view) override { unexpected("guest"); }
    std::optional<Guest> guest_by_address(std::string_view, std::string_view) override {
        unexpected("guest_by_address");
    }
    std::vector<Guest> guests(std::string_view, std::size_t) override { unexpected("guests"); }
    std::vector<ConsentEntry> consents(std::string_view) override { unexpected("consents"); }
    bool opted_out(std::string_view, std::string_view, std::string_view) override { unexpected("opted_out"); }
    std::optional<Conversation> conversation(std::string_view) override { unexpected("conversation"); }
    std::optional<Conversation> open_conversation(std::string_view, std::string_view) override {
        unexpected("open_conversation");
    }
    store::Page<Conversation> conversations(const store::ConversationFilter&, std::optional<std::int64_t>,
                                            std::size_t) override {
        unexpected("conversations");
    }
    store::Page<Message> messages(std::string_view, std::optional<std::int64_t>, std::size_t) override {
        unexpected("messages");
    }
    std::optional<Message> message(std::string_view) override { unexpected("message"); }
    std::vector<Message> group(std::string_view) override { unexpected("group"); }
    std::vector<Attempt> attempts(std::string_view) override { unexpected("attempts"); }
    std::vector<Event> message_events(std::string_view) override { unexpected("message_events"); }
    std::vector<Event> events(std::int64_t, std::size_t) override { unexpected("events"); }
    store::Page<Message> failed_messages(std::optional<std::int64_t>, std::size_t) override {
        unexpected("failed_messages");
    }
    store::OutboxReport outbox() override { unexpected("outbox"); }
    void check() override { unexpected("check"); }
    void on_outbox_change(std::function<void()>) override { unexpected("on_outbox_change"); }

  private:
    [[noreturn]] static void unexpected(const char* operation) {
        throw std::logic_error(std::string("the test did not expect Store::") + operation);
    }
};

}  // namespace jackgw::test
