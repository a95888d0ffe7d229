#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view sending = R"sql(
-- Causes outside of the messages, for which a sender, an account or a channel sends nothing but probes. A row
-- stays when it is open again: it says which attempts' outcomes are news (those behind settled_seq).
CREATE TABLE holds (
    channel TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('sender', 'account', 'channel')),
    name TEXT NOT NULL, -- the sender, the account; empty: the channel
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'recovering')),
    cause TEXT NOT NULL, -- the kind of outcome
    reason TEXT NOT NULL,
    recipient TEXT NOT NULL, -- whose message met the cause
    since INTEGER NOT NULL, -- on the wall clock, for people
    begun_seq INTEGER NOT NULL, -- attempts behind it have begun while it was held
    settled_seq INTEGER NOT NULL,
    probe_at INTEGER NOT NULL, -- on the store's clock
    pauses INTEGER NOT NULL, -- probes that have failed
    probe INTEGER, -- seq of the attempt that is the probe in flight
    allowed INTEGER NOT NULL, -- recovering: so many may be in flight
    PRIMARY KEY (channel, scope, name)
) STRICT, WITHOUT ROWID;
-- What was a lane's own is a hold of its sender; it is probed at once.
INSERT INTO holds SELECT channel, 'sender', sender, 'closed', 'misconfigured', held_reason, '',
    (SELECT wall_time FROM counter), (SELECT last_seq FROM counter), 0, 0, 0, NULL, 0
    FROM lanes WHERE held_reason <> '';

-- What one recipient has met, and may be meant for more than it: a second one decides.
CREATE TABLE suspicions (
    channel TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    cause TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (channel, scope, name, cause)
) STRICT, WITHOUT ROWID;

-- What is paused; empty names stand for all.
CREATE TABLE pauses (channel TEXT NOT NULL, sender TEXT NOT NULL, PRIMARY KEY (channel, sender)) STRICT, WITHOUT ROWID;
INSERT INTO pauses SELECT '', '' FROM settings WHERE name = 'paused' AND value = 'yes';
DELETE FROM settings WHERE name = 'paused';

-- Attempts whose outcome is unknown and about which the provider is asked; times on the store's clock.
CREATE TABLE doubts (
    attempt_seq INTEGER PRIMARY KEY REFERENCES attempts (seq),
    channel TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    absent_since INTEGER -- of the first search that didn't find it
) STRICT;
CREATE INDEX doubts_due ON doubts (channel, next_at);
INSERT INTO doubts SELECT max(a.seq), o.channel, o.due_at, 0, NULL
    FROM outbox o JOIN attempts a ON a.message_seq = o.seq
    WHERE o.state IN ('unknown', 'unsettled') AND a.outcome = 'unknown' GROUP BY o.seq;

-- Whom the outcome concerned.
ALTER TABLE attempts ADD COLUMN concern TEXT NOT NULL DEFAULT 'message';
ALTER TABLE attempts ADD COLUMN alert INTEGER NOT NULL DEFAULT 0;
UPDATE attempts SET concern = 'sender' WHERE outcome = 'misconfigured';

-- Heads of a lane take turns by `turn`: their rank, but that one which met a cause outside of itself goes
-- behind those that wait then.
ALTER TABLE outbox ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET turn = rank;
-- Scheduled by quiet hours, not by somebody.
ALTER TABLE outbox ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (channel, sender, turn, seq) WHERE state = 'ready';
-- What is swept when its time has come, whatever it waits for.
CREATE INDEX outbox_lives_until ON outbox (lives_until)
    WHERE lives_until IS NOT NULL AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting');
CREATE INDEX outbox_expires_at ON outbox (expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting');

-- Lanes count more kinds of waiting, and know their account.
DROP TRIGGER outbox_inserted;
DROP TRIGGER outbox_updated;
DROP TRIGGER outbox_deleted;
ALTER TABLE lanes DROP COLUMN held_reason;
ALTER TABLE lanes ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE lanes ADD COLUMN scheduled INTEGER NOT NULL DEFAULT 0; -- scheduled, delayed
ALTER TABLE lanes ADD COLUMN retrying INTEGER NOT NULL DEFAULT 0; -- waiting
UPDATE lanes SET
    scheduled = (SELECT count(*) FROM outbox o WHERE o.channel = lanes.channel AND o.sender = lanes.sender
        AND o.state IN ('scheduled', 'delayed')),
    retrying = (SELECT count(*) FROM outbox o WHERE o.channel = lanes.channel AND o.sender = lanes.sender
        AND o.state = 'waiting');
CREATE TRIGGER outbox_inserted AFTER INSERT ON outbox BEGIN
    INSERT INTO lanes (channel, sender) VALUES (NEW.channel, NEW.sender) ON CONFLICT DO NOTHING;
    UPDATE lanes SET
        depth = depth + (NEW.state NOT IN ('unknown', 'unsettled')),
        ready = ready + (NEW.state = 'ready'),
        in_flight = in_flight + (NEW.state = 'in_flight'),
        unknown = unknown + (NEW.state IN ('unknown', 'unsettled')),
        scheduled = scheduled + (NEW.state IN ('scheduled', 'delayed')),
        retrying = retrying + (NEW.state = 'waiting')
    WHERE channel = NEW.channel AND sender = NEW.sender;
END;
CREATE TRIGGER outbox_updated AFTER UPDATE OF state ON outbox WHEN OLD.state <> NEW.state BEGIN
    UPDATE lanes SET
        depth = depth + (NEW.state NOT IN ('unknown', 'unsettled')) - (OLD.state NOT IN ('unknown', 'unsettled')),
        ready = ready + (NEW.state = 'ready') - (OLD.state = 'ready'),
        in_flight = in_flight + (NEW.state = 'in_flight') - (OLD.state = 'in_flight'),
        unknown = unknown + (NEW.state IN ('unknown', 'unsettled')) - (OLD.state IN ('unknown', 'unsettled')),
        scheduled = scheduled + (NEW.state IN ('scheduled', 'delayed')) - (OLD.state IN ('scheduled', 'delayed')),
        retrying = retrying + (NEW.state = 'waiting') - (OLD.state = 'waiting')
    WHERE channel = NEW.channel AND sender = NEW.sender;
END;
CREATE TRIGGER outbox_deleted AFTER DELETE ON outbox BEGIN
    UPDATE lanes SET
        depth = depth - (OLD.state NOT IN ('unknown', 'unsettled')),
        ready = ready - (OLD.state = 'ready'),
        in_flight = in_flight - (OLD.state = 'in_flight'),
        unknown = unknown - (OLD.state IN ('unknown', 'unsettled')),
        scheduled = scheduled - (OLD.state IN ('scheduled', 'delayed')),
        retrying = retrying - (OLD.state = 'waiting')
    WHERE channel = OLD.channel AND sender = OLD.sender;
END;

-- When an operator took a failed message off the list of those; it stays in its conversation. The list's index
-- holds only what is listed, so that what was discarded costs nothing.
ALTER TABLE messages ADD COLUMN discarded_at INTEGER;
DROP INDEX messages_failed;
CREATE INDEX messages_failed ON messages (seq)
    WHERE direction = 'outbound' AND delivery_state = 'failed' AND discarded_at IS NULL;
)sql";

}  // namespace jackgw::store::sqlite::steps
