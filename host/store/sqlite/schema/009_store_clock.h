#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view store_clock = R"sql(
-- Where the store's clock goes on from: the moment of the last commit on the boot's, the store's and the wall
-- clock. It begins at the latest time at which a message has joined a queue, so that ranks stay in their order.
ALTER TABLE counter ADD COLUMN boot_id TEXT NOT NULL DEFAULT '';
ALTER TABLE counter ADD COLUMN boot_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN store_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN wall_time INTEGER NOT NULL DEFAULT 0;
UPDATE counter SET store_time = queue_time, wall_time = queue_time;
ALTER TABLE counter DROP COLUMN queue_time;

-- A run is one process. 0 stands for all before runs were written down.
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    ended_at INTEGER -- when it was proved to have ended
) STRICT;
INSERT INTO runs VALUES (0, '', 0, 0);

-- An attempt without an outcome belongs to its run until the lease ends, on the store's clock.
ALTER TABLE attempts ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;

-- On the store's clock: until when an outbound message lives that nobody named an expiry for.
ALTER TABLE messages ADD COLUMN lives_until INTEGER;

-- `since` is on the store's clock, as is `accepted_at`.
ALTER TABLE awaited_deliveries ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0;
UPDATE awaited_deliveries SET accepted_at = coalesce(
    (SELECT max(started_at) FROM attempts a WHERE a.message_seq = awaited_deliveries.message_seq), since);

-- What is to be sent, as before, on two clocks. due_at, lives_until and rank are on the store's; send_at and
-- expires_at were named by somebody and are compared with the wall clock as it then stands.
--   scheduled  may not go before send_at; not yet in its queue
--   delayed    may not go before due_at; not yet in its queue
--   blocked    in its queue behind the head
--   ready      head, may be claimed
--   waiting    head, to be tried again at due_at
--   in_flight  head, an attempt is recorded and has no outcome
--   unknown    head, its attempt's outcome is unknown: holds the queue back until due_at
--   unsettled  as unknown, but out of the queue
-- A message that nobody named an expiry for has a lifetime as long as it may not go, then lives_until.
DROP TRIGGER outbox_inserted;
DROP TRIGGER outbox_updated;
DROP TRIGGER outbox_deleted;
CREATE TABLE outbox_on_two_clocks (
    seq INTEGER PRIMARY KEY REFERENCES messages (seq),
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    priority TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('scheduled', 'delayed', 'blocked', 'ready', 'waiting', 'in_flight', 'unknown', 'unsettled')),
    rank INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    send_at INTEGER CHECK ((send_at IS NOT NULL) = (state = 'scheduled')),
    expires_at INTEGER,
    lives_until INTEGER,
    lifetime INTEGER CHECK (lifetime IS NULL OR state IN ('scheduled', 'delayed')),
    tries INTEGER NOT NULL
) STRICT;
INSERT INTO outbox_on_two_clocks
    SELECT seq, channel, sender, recipient, priority, state, rank, due_at,
        CASE WHEN state = 'scheduled' THEN due_at END, nullif(expires_at, 9223372036854775807), NULL, NULL, tries
    FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_on_two_clocks RENAME TO outbox;
-- A queue has one head: so at most one attempt to a recipient is in flight.
CREATE UNIQUE INDEX outbox_head ON outbox (channel, sender, recipient)
    WHERE state IN ('ready', 'waiting', 'in_flight', 'unknown');
CREATE INDEX outbox_blocked ON outbox (channel, sender, recipient, rank, seq) WHERE state = 'blocked';
CREATE INDEX outbox_ready ON outbox (channel, sender, rank, seq) WHERE state = 'ready';
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('waiting', 'unknown', 'delayed');
CREATE INDEX outbox_due_as_named ON outbox (send_at) WHERE state = 'scheduled';
CREATE INDEX outbox_overdue ON outbox (due_at) WHERE state IN ('ready', 'blocked');

CREATE TRIGGER outbox_inserted AFTER INSERT ON outbox BEGIN
    INSERT INTO lanes (channel, sender) VALUES (NEW.channel, NEW.sender) ON CONFLICT DO NOTHING;
    UPDATE lanes SET
        depth = depth + (NEW.state NOT IN ('unknown', 'unsettled')),
        ready = ready + (NEW.state = 'ready'),
        in_flight = in_flight + (NEW.state = 'in_flight'),
        unknown = unknown + (NEW.state IN ('unknown', 'unsettled'))
    WHERE channel = NEW.channel AND sender = NEW.sender;
END;
CREATE TRIGGER outbox_updated AFTER UPDATE OF state ON outbox WHEN OLD.state <> NEW.state BEGIN
    UPDATE lanes SET
        depth = depth + (NEW.state NOT IN ('unknown', 'unsettled')) - (OLD.state NOT IN ('unknown', 'unsettled')),
        ready = ready + (NEW.state = 'ready') - (OLD.state = 'ready'),
        in_flight = in_flight + (NEW.state = 'in_flight') - (OLD.state = 'in_flight'),
        unknown = unknown + (NEW.state IN ('unknown', 'unsettled')) - (OLD.state IN ('unknown', 'unsettled'))
    WHERE channel = NEW.channel AND sender = NEW.sender;
END;
CREATE TRIGGER outbox_deleted AFTER DELETE ON outbox BEGIN
    UPDATE lanes SET
        depth = depth - (OLD.state NOT IN ('unknown', 'unsettled')),
        ready = ready - (OLD.state = 'ready'),
        in_flight = in_flight - (OLD.state = 'in_flight'),
        unknown = unknown - (OLD.state IN ('unknown', 'unsettled'))
    WHERE channel = OLD.channel AND sender = OLD.sender;
END;
)sql";

}  // namespace jackgw::store::sqlite::steps
