#include "planted.h"

#include "store/sqlite/connection.h"

namespace jackgw::test {

void plant(const World& world, store::DueSummary& due) {
    if (world.plant != SendingPlant::overlooks_a_lane) return;
    std::erase_if(due.lanes,
                  [](const store::LaneStatus& status) { return status.lane.sender.ends_with("2"); });
}

std::vector<store::ClaimRequest> plant(const World& world, std::vector<store::ClaimRequest> requests) {
    if (world.plant == SendingPlant::disturbs)
        for (store::ClaimRequest& request : requests) request.quiet.reset();
    return requests;
}

store::DoubtAnswer plant(const World& world, store::DoubtAnswer answer) {
    if (world.plant == SendingPlant::never_hears_of_doubts) {
        answer.result.kind = Reconciliation::cant_tell;
        answer.again_after = 1h;
    }
    return answer;
}

store::AttemptFinish plant(const World& world, store::AttemptFinish finish) {
    Outcome& outcome = finish.outcome;
    if (world.plant == SendingPlant::resends_unknown && outcome.kind == OutcomeKind::unknown) {
        outcome.kind = OutcomeKind::refused_for_now;
        outcome.concern = Concern::message;
        finish.retry_after = 1s;
    }
    if (world.plant == SendingPlant::denies_acceptance && outcome.kind == OutcomeKind::accepted) {
        outcome = {};
        outcome.kind = OutcomeKind::rejected;
    }
    if (world.plant == SendingPlant::claims_acceptance && outcome.kind == OutcomeKind::rejected) {
        outcome = {};
        outcome.kind = OutcomeKind::accepted;
        outcome.provider_message_id = "claimed " + finish.attempt_id;
        outcome.state = DeliveryState::sent;
    }
    return finish;
}

void sabotage(SendingPlant plant, const std::filesystem::path& file) {
    const char* script = nullptr;
    if (plant == SendingPlant::swaps_order)
        script =
            "UPDATE outbox SET rank = 0 WHERE seq = (SELECT max(seq) FROM outbox WHERE state = 'blocked')";
    if (plant == SendingPlant::moves_back)
        script = "UPDATE messages SET delivery_state = 'sent' WHERE delivery_state = 'delivered'";
    if (plant == SendingPlant::loses_its_turn)
        script =
            "UPDATE outbox SET state = 'blocked' WHERE seq = (SELECT max(seq) FROM outbox"
            " WHERE state IN ('ready', 'waiting'))";
    if (plant == SendingPlant::keeps_expired)
        script =
            "UPDATE outbox SET expires_at = expires_at + 3600000000, lives_until = lives_until + 3600000000"
            " WHERE tries = 0";
    if (plant == SendingPlant::expires_early)
        script =
            "UPDATE outbox SET expires_at = expires_at - 3600000000, lives_until = lives_until - 3600000000";
    if (script == nullptr) return;
    store::sqlite::Connection database(file, store::sqlite::Connection::Mode::write);
    database.script(script);
}

}  // namespace jackgw::test
