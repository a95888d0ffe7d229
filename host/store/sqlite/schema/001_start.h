#pragma once

#include <string_view>

namespace jackgw::store::sqlite::steps {

inline constexpr std::string_view start = R"sql(
CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;

-- queue_time: the latest time at which a message joined a queue; it never runs back, whatever the clock does.
CREATE TABLE counter (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last_seq INTEGER NOT NULL,
    queue_time INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES (1, 0, 0);

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE guests (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    guest_id TEXT NOT NULL REFERENCES guests (id),
    PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_guest ON identities (guest_id);

-- With row ids, unlike other tables with a text as their key: each message moves the conversation in two indexes,
-- whose entries are a quarter as long so.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    guest_id TEXT NOT NULL REFERENCES guests (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'active', 'escalated', 'resolved', 'closed')),
    guest_address TEXT NOT NULL,
    gateway_address TEXT NOT NULL,
    message_count INTEGER NOT NULL,
    activity_seq INTEGER NOT NULL,
    last_message_preview TEXT NOT NULL,
    last_message_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- A guest has at most one open conversation per channel.
CREATE UNIQUE INDEX conversations_open ON conversations (guest_id, channel)
    WHERE state IN ('new', 'active', 'escalated', 'resolved');
CREATE INDEX conversations_by_guest ON conversations (guest_id);
CREATE INDEX conversations_by_activity ON conversations (activity_seq);
CREATE INDEX conversations_by_state ON conversations (state, activity_seq);

CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    guest_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    role TEXT NOT NULL,
    content TEXT NOT NULL,
    media_count INTEGER NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    priority TEXT NOT NULL,
    delivery_state TEXT NOT NULL,
    concluded_by_us INTEGER NOT NULL,
    provider_status TEXT NOT NULL,
    error_code TEXT NOT NULL,
    provider_error_code INTEGER NOT NULL,
    error_message TEXT NOT NULL,
    retryable INTEGER NOT NULL,
    provider_message_id TEXT NOT NULL,
    segments INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    metadata TEXT NOT NULL,
    raw TEXT NOT NULL, -- names and values in the form encoding of HTML, which keeps any bytes readable
    consent TEXT,
    send_at INTEGER,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, seq);
CREATE INDEX messages_by_provider_id ON messages (provider_message_id, channel)
    WHERE direction = 'outbound' AND provider_message_id <> '';
CREATE INDEX messages_failed ON messages (seq) WHERE direction = 'outbound' AND delivery_state = 'failed';

CREATE TABLE media (
    message_seq INTEGER NOT NULL REFERENCES messages (seq),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    PRIMARY KEY (message_seq, position)
) STRICT, WITHOUT ROWID;

-- An attempt without an outcome is in flight, or its host died. `number` counts the attempts that used up a
-- retry: one that failed for our configuration leaves its number to the next.
CREATE TABLE attempts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    message_seq INTEGER NOT NULL REFERENCES messages (seq),
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    outcome TEXT,
    provider_message_id TEXT NOT NULL DEFAULT '',
    provider_status TEXT NOT NULL DEFAULT '',
    state TEXT,
    error_code TEXT NOT NULL DEFAULT '',
    provider_error_code INTEGER NOT NULL DEFAULT 0,
    error_message TEXT NOT NULL DEFAULT '',
    segments INTEGER NOT NULL DEFAULT 0,
    retry_after_ms INTEGER,
    opted_out INTEGER NOT NULL DEFAULT 0,
    retryable INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attempts_by_message ON attempts (message_seq, seq);
CREATE INDEX attempts_open ON attempts (seq) WHERE outcome IS NULL;

CREATE TABLE consent_events (
    seq INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opt_out', 'opt_in', 'help')),
    source TEXT NOT NULL,
    keyword TEXT NOT NULL,
    raw TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_events_by_address ON consent_events (channel, address, seq);
-- What the ledger's last word is: written with it, read before every message.
CREATE TABLE consent_state (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    scope TEXT NOT NULL,
    opted_out INTEGER NOT NULL,
    PRIMARY KEY (channel, address, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    guest_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    data TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_message ON events (message_id, seq) WHERE message_id <> '';

-- What was taken before, by hash: outlives retention and erasure.
CREATE TABLE dedup (key TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    message_id TEXT NOT NULL REFERENCES messages (id),
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;

-- Reports that came before the answer that tells whose they are.
CREATE TABLE early_reports (
    seq INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    provider_message_id TEXT NOT NULL,
    state TEXT,
    provider_status TEXT NOT NULL,
    error_code TEXT NOT NULL,
    provider_error_code INTEGER NOT NULL,
    error_message TEXT NOT NULL,
    retryable INTEGER NOT NULL,
    opted_out INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX early_reports_by_provider_id ON early_reports (provider_message_id, channel);

-- What is to be sent. The messages of one sender to one recipient on one channel are a queue:
--   scheduled  may not go before due_at; not yet in its queue
--   blocked    in its queue behind the head
--   ready      head, may be claimed
--   waiting    head, to be tried again at due_at
--   in_flight  head, an attempt is recorded and has no outcome
--   unknown    head, its attempt's outcome is unknown: holds the queue back until due_at
--   unsettled  as unknown, but out of the queue
-- Finished messages leave the table.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY REFERENCES messages (seq),
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    priority TEXT NOT NULL,
    state TEXT NOT NULL CHECK
        (state IN ('scheduled', 'blocked', 'ready', 'waiting', 'in_flight', 'unknown', 'unsettled')),
    rank INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL
) STRICT;
-- A queue has one head: so at most one attempt to a recipient is in flight.
CREATE UNIQUE INDEX outbox_head ON outbox (channel, sender, recipient)
    WHERE state IN ('ready', 'waiting', 'in_flight', 'unknown');
CREATE INDEX outbox_blocked ON outbox (channel, sender, recipient, rank, seq) WHERE state = 'blocked';
CREATE INDEX outbox_ready ON outbox (channel, sender, rank, seq) WHERE state = 'ready';
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('scheduled', 'waiting', 'unknown');
CREATE INDEX outbox_overdue ON outbox (due_at) WHERE state IN ('ready', 'blocked');

-- Counted by the triggers below, so that looking at a lane costs the same at any depth.
CREATE TABLE lanes (
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    held_reason TEXT NOT NULL DEFAULT '',
    depth INTEGER NOT NULL DEFAULT 0, -- scheduled, blocked, ready, waiting, in flight
    ready INTEGER NOT NULL DEFAULT 0,
    in_flight INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0, -- unknown, unsettled
    PRIMARY KEY (channel, sender)
) STRICT, WITHOUT ROWID;

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
