#include "outbox/holds/pauses.h"

#include <algorithm>

namespace jackgw::outbox {

void set_paused(store::Transaction& transaction, const store::Pause& pause, bool paused) {
    if (paused) {
        transaction.db().run("INSERT INTO pauses (channel, sender) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                             pause.channel, pause.sender);
    } else {
        transaction.db().run("DELETE FROM pauses WHERE channel = ?1 AND sender = ?2", pause.channel,
                             pause.sender);
    }
    transaction.outbox_changed();
}

bool is_paused(const std::vector<store::Pause>& pauses, const store::Lane& lane) {
    return std::ranges::any_of(pauses, [&](const store::Pause& pause) {
        return pause.channel.empty() ||
               (pause.channel == lane.channel && (pause.sender.empty() || pause.sender == lane.sender));
    });
}

bool is_paused(store::Session& session, const store::Lane& lane) {
    return is_paused(load_pauses(session), lane);
}

std::vector<store::Pause> load_pauses(store::Session& session) {
    std::vector<store::Pause> pauses;
    store::Statement row = session.query("SELECT channel, sender FROM pauses ORDER BY channel, sender");
    while (row.step()) pauses.push_back({row.text(0), row.text(1)});
    return pauses;
}

}  // namespace jackgw::outbox
