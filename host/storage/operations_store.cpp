#include "storage/operations_store.h"

#include "base/assert.h"
#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"
#include "conversations/records/desk.h"
#include "conversations/records/failed_messages.h"
#include "conversations/records/guests.h"
#include "conversations/records/messages.h"
#include "conversations/records/properties.h"
#include "conversations/records/readers.h"
#include "conversations/records/receive.h"
#include "outbox/deliveries/awaited_deliveries.h"
#include "outbox/deliveries/doubts.h"
#include "outbox/deliveries/status.h"
#include "outbox/holds/pauses.h"
#include "outbox/queue/administration.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/claim.h"
#include "outbox/queue/enqueue.h"
#include "outbox/queue/finish.h"
#include "outbox/queue/queue.h"
#include "outbox/queue/waiting.h"

namespace jackgw::storage {

namespace {

using namespace store;
// Two members have the names of rooms.
namespace talk = jackgw::conversations;
namespace queue = jackgw::outbox;

/// What each operation does is in the file of its name; here stands only which of them write.
class OperationsStore final : public Store {
    template <typename Unit>
    auto write(Unit&& unit) {
        return backend_->write(std::forward<Unit>(unit));
    }

    template <typename Work>
    auto read(Work&& work) {
        return backend_->read(std::forward<Work>(work));
    }

    static std::size_t checked(std::size_t limit) {
        JACKGW_ASSERT(limit <= max_listed, "a list has a limit");
        return limit;
    }

  public:
    explicit OperationsStore(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

    // GuestWrites

    ReceiveResult receive(const InboundMessage& message) override {
        return write([&](Transaction& tx) { return talk::receive(tx, message); });
    }
    bool record_consent(const ConsentReport& report) override {
        return write([&](Transaction& tx) { return talk::record_consent(tx, report); });
    }

    // Outbox

    DueSummary promote_due() override {
        // The dispatcher asks often and mostly nothing is due: then nobody who writes is troubled.
        const Moment now = backend_->now();
        DueSummary summary = read([&](Session& session) { return queue::due_summary(session, now); });
        if (!summary.next_due_in || summary.next_due_in->count() > 0) return summary;
        return write([](Transaction& tx) { return queue::promote_due(tx); });
    }
    ClaimResult claim(const std::vector<ClaimRequest>& requests, std::chrono::microseconds lease) override {
        return write([&](Transaction& tx) { return queue::claim(tx, requests, lease); });
    }
    FinishResult finish_attempt(const AttemptFinish& finish) override {
        return write([&](Transaction& tx) { return queue::finish_attempt(tx, finish); });
    }
    std::int64_t recover(std::chrono::microseconds settle_for) override {
        return write([&](Transaction& tx) { return queue::recover(tx, settle_for); });
    }
    DueDoubts due_doubts(std::string_view channel, std::size_t limit) override {
        const Moment now = backend_->now();
        return read(
            [&](Session& session) { return queue::due_doubts(session, channel, checked(limit), now); });
    }
    DoubtChange note_doubt(const DoubtAnswer& answer) override {
        return write([&](Transaction& tx) { return queue::note_doubt(tx, answer); });
    }
    OverdueDeliveries overdue_deliveries(std::string_view channel, const LookUpWaits& waits,
                                         std::size_t limit) override {
        const Moment now = backend_->now();
        return read([&](Session& session) {
            return queue::overdue_deliveries(session, channel, waits, checked(limit), now);
        });
    }
    bool note_look_up(std::string_view message_id, LookUpNote note) override {
        return write([&](Transaction& tx) { return queue::note_look_up(tx, message_id, note); });
    }
    void on_outbox_change(std::function<void()> wake) override {
        backend_->on_outbox_change(std::move(wake));
    }

    // Reports

    StatusResult apply_status(const StatusUpdate& update) override {
        return write([&](Transaction& tx) { return queue::apply_status(tx, update); });
    }

    // Desk

    EnqueueResult enqueue(const OutboundMessage& message) override {
        return write([&](Transaction& tx) { return queue::enqueue(tx, message); });
    }
    std::optional<EnqueueResult> find_request(std::string_view owner, std::string_view key,
                                              std::string_view request_hash, const Scope& within) override {
        return read(
            [&](Session& session) { return queue::find_request(session, owner, key, request_hash, within); });
    }
    bool cancel(std::string_view message_id) override {
        return write([&](Transaction& tx) { return queue::cancel(tx, message_id); });
    }
    StaffConsentResult record_by_staff(const StaffConsent& said) override {
        return write([&](Transaction& tx) { return talk::record_by_staff(tx, said); });
    }
    std::optional<StaffConsentResult> find_staff_consent(std::string_view owner, std::string_view key,
                                                         std::string_view request_hash) override {
        return read(
            [&](Session& session) { return talk::find_staff_consent(session, owner, key, request_hash); });
    }
    Change change_conversation(std::string_view id, ConversationEvent event) override {
        return write([&](Transaction& tx) { return talk::change_conversation(tx, id, event); });
    }
    Change update_guest(std::string_view id, std::optional<std::string> name,
                        std::optional<std::string> notes) override {
        return write([&](Transaction& tx) { return talk::update_guest(tx, id, name, notes); });
    }

    // Readers

    std::optional<Guest> guest(std::string_view id, const Scope& within) override {
        return read([&](Session& session) { return talk::load_guest(session, id, within); });
    }
    std::optional<Guest> guest_by_address(std::string_view channel, std::string_view address,
                                          const Scope& within) override {
        return read([&](Session& session) {
            return talk::load_guest(session, talk::find_guest(session, channel, address), within);
        });
    }
    std::vector<Guest> guests(std::string_view after, std::size_t limit, const Scope& within) override {
        return read(
            [&](Session& session) { return talk::list_guests(session, after, checked(limit), within); });
    }
    std::vector<ConsentEntry> consents(std::string_view guest_id, const Scope& within) override {
        return read([&](Session& session) { return talk::list_consents(session, guest_id, within); });
    }
    bool opted_out(std::string_view channel, std::string_view address, std::string_view scope,
                   const Scope& within) override {
        return read([&](Session& session) {
            return talk::includes_channel(session, within, channel) &&
                   talk::opted_out(session, channel, address, scope);
        });
    }
    std::optional<Conversation> conversation(std::string_view id, const Scope& within) override {
        return read([&](Session& session) { return talk::load_conversation(session, id, within); });
    }
    std::optional<Conversation> open_conversation(std::string_view channel, std::string_view address,
                                                  const Scope& within) override {
        return read([&](Session& session) -> std::optional<Conversation> {
            if (!talk::includes_channel(session, within, channel)) return std::nullopt;
            return talk::find_open_conversation(session, talk::find_guest(session, channel, address),
                                                channel);
        });
    }
    Page<Conversation> conversations(const ConversationFilter& filter, std::optional<std::int64_t> after,
                                     std::size_t limit, const Scope& within) override {
        return read([&](Session& session) {
            return talk::list_conversations(session, filter, after, checked(limit), within);
        });
    }
    Page<Message> messages(std::string_view conversation_id, std::optional<std::int64_t> after,
                           std::size_t limit, const Scope& within) override {
        return read([&](Session& session) {
            return talk::list_messages(session, conversation_id, after, checked(limit), within);
        });
    }
    std::optional<Message> message(std::string_view id, const Scope& within) override {
        return read([&](Session& session) { return talk::load_message(session, id, within); });
    }
    std::vector<Message> group(std::string_view id, const Scope& within) override {
        return read([&](Session& session) { return talk::load_group(session, id, within); });
    }
    std::optional<Waiting> waiting(std::string_view message_id, const Scope& within) override {
        const Moment now = backend_->now();
        return read([&](Session& session) { return queue::waiting_of(session, message_id, now, within); });
    }
    std::vector<Attempt> attempts(std::string_view message_id, const Scope& within) override {
        return read([&](Session& session) { return queue::load_attempts(session, message_id, within); });
    }
    std::vector<Event> message_events(std::string_view message_id, const Scope& within) override {
        return read([&](Session& session) { return talk::list_message_events(session, message_id, within); });
    }
    std::vector<Event> events(std::int64_t after, std::size_t limit, const Scope& within) override {
        return read(
            [&](Session& session) { return talk::list_events(session, after, checked(limit), within); });
    }
    Page<Message> failed_messages(const FailedFilter& filter, std::optional<std::int64_t> after,
                                  std::size_t limit, const Scope& within) override {
        return read([&](Session& session) {
            return talk::list_failed_messages(session, filter, after, checked(limit), within);
        });
    }
    std::int64_t count_failed(const FailedFilter& filter, const Scope& within) override {
        return read([&](Session& session) { return talk::count_failed_messages(session, filter, within); });
    }

    // ProviderMessages

    std::optional<ProviderMessageOwner> provider_message_owner(
        std::string_view channel, std::string_view provider_message_id) override {
        return read([&](Session& session) {
            return queue::provider_message_owner(session, channel, provider_message_id);
        });
    }

    // Administration

    std::vector<Hold> release_lanes(std::string_view channel) override {
        return write([&](Transaction& tx) { return queue::release_lanes(tx, channel); });
    }
    std::vector<Hold> release_lane(const Lane& lane) override {
        return write([&](Transaction& tx) { return queue::release_lane(tx, lane); });
    }
    void set_paused(const Pause& pause, bool paused) override {
        write([&](Transaction& tx) { queue::set_paused(tx, pause, paused); });
    }
    std::int64_t discard_failed(const FailedFilter& filter, std::size_t limit, const Scope& within) override {
        return write([&](Transaction& tx) {
            return talk::discard_failed_messages(tx, filter, checked(limit), within);
        });
    }
    OutboxReport outbox(const Scope& within) override {
        const Moment now = backend_->now();
        return read([&](Session& session) { return queue::outbox_report(session, now, within); });
    }
    void place_channels(const std::vector<ChannelPlace>& places) override {
        write([&](Transaction& tx) { talk::place_channels(tx, places); });
    }
    void check() override { backend_->check(); }

  private:
    std::unique_ptr<Backend> backend_;
};

}  // namespace

std::unique_ptr<Store> make_store(std::unique_ptr<Backend> backend) {
    return std::make_unique<OperationsStore>(std::move(backend));
}

}  // namespace jackgw::storage
