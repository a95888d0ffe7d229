#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "../../support/claim_one.h"
#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "storage/open_store.h"

// bench_store_path inbound|outbound COUNT: COUNT messages take the whole way through the store, one after the
// other. For callgrind, which counts instructions: the difference of two runs, divided by the difference of
// their counts, is what a message costs (scripts/campaigns/store-path.sh).

using namespace jackgw;

namespace {

InboundMessage make_inbound(int number, Timestamp now) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = "SM" + std::to_string(number);
    message.from = "+1555" + std::to_string(1000000 + number % 50);
    message.to = "+15551234567";
    message.content = "Could we have two more towels in room " + std::to_string(number % 400) + "?";
    message.encoding = "GSM-7";
    message.provider_status = "received";
    message.segments = 1;
    for (int i = 0; i < 16; ++i) message.raw.emplace_back("Parameter" + std::to_string(i), "value of it");
    message.raw.emplace_back("Body", message.content);
    message.received_at = now;
    return message;
}

OutboundMessage make_outbound(int number, Timestamp now) {
    OutboundMessage message;
    message.channel = "sms";
    message.to = "+1555" + std::to_string(1000000 + number % 50);
    message.from = "+15551234567";
    message.content = "They are on their way to room " + std::to_string(number % 400) + ".";
    message.encoding = "GSM-7";
    message.idempotency_key = "key-" + std::to_string(number);
    message.idempotency_owner = "front-desk";
    message.request_hash = "hash";
    message.expires_at = now + std::chrono::hours{10};
    return message;
}

store::StatusUpdate make_report(const store::Claim& claim, const std::string& provider_id, Timestamp now) {
    store::StatusUpdate update;
    update.channel = "sms";
    update.attempt_id = claim.attempt_id;
    update.provider_message_id = provider_id;
    update.report.state = DeliveryState::delivered;
    update.report.provider_status = "delivered";
    update.received_at = now;
    return update;
}

/// Enqueued, claimed, accepted, reported as delivered.
void send(store::Store& store, int number, Timestamp now) {
    store.enqueue(make_outbound(number, now));
    store.promote_due();
    const std::optional<store::Claim> claim = test::claim_one(store, {"sms", "+15551234567"});
    if (!claim) std::abort();
    store::AttemptFinish finish;
    finish.attempt_id = claim->attempt_id;
    finish.outcome.kind = OutcomeKind::accepted;
    finish.outcome.provider_message_id = "OUT" + std::to_string(number);
    finish.outcome.provider_status = "queued";
    finish.outcome.state = DeliveryState::pending;
    store.finish_attempt(finish);
    store.apply_status(make_report(*claim, finish.outcome.provider_message_id, now));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: bench_store_path inbound|outbound COUNT\n");
        return 2;
    }
    const bool inbound = std::string_view(arguments[1]) == "inbound";
    const int messages = std::atoi(arguments[2]);
    const SystemClock clock;
    IdGenerator ids(clock);
    const test::TempFolder folder;
    const auto store = storage::open_store(folder / "jack.db", clock, ids);
    for (int number = 0; number < messages; ++number) {
        if (inbound) {
            store->receive(make_inbound(number, clock.now()));
        } else {
            send(*store, number, clock.now());
        }
    }
    return 0;
}
