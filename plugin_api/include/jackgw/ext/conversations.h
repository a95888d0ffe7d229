/* jackgw.conversations/1: what a plugin reports to the host. Every call is one durable transaction. */
#ifndef JACKGW_EXT_CONVERSATIONS_H
#define JACKGW_EXT_CONVERSATIONS_H

#include <jackgw/ext/delivery.h>
#include <jackgw/ext/mapper.h>
#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_CONVERSATIONS "jackgw.conversations/1"

enum {
    JACKGW_CONSENT_OPT_OUT = 1,
    JACKGW_CONSENT_OPT_IN = 2,
    JACKGW_CONSENT_HELP = 3 /* asked for help: recorded, changes nothing */
};

enum {
    /* The word may be an ordinary answer as well, such as "yes": as an opt-in it takes back what holds for
     * its scopes, but says nothing against what staff has recorded for the whole channel. */
    JACKGW_CONSENT_AMBIGUOUS = 1u << 0
};

/* A guest said, or the provider reported, whether messages are wanted. */
typedef struct jackgw_consent {
    uint32_t struct_size;
    int32_t kind;       /* JACKGW_CONSENT_… */
    jackgw_str address; /* the guest's, normalised */
    jackgw_strs scopes; /* each of our addresses and services that it holds for; at least one, none empty */
    jackgw_str source;  /* "keyword", "provider", … */
    jackgw_str keyword; /* the word as written; may be empty */
    uint32_t flags;     /* JACKGW_CONSENT_… */
    uint32_t reserved;
} jackgw_consent;

typedef struct jackgw_media {
    jackgw_str url;
    jackgw_str content_type; /* may be empty */
} jackgw_media;

/* A message from a guest. Text that isn't valid UTF-8 is repaired by the host (U+FFFD), never refused. */
typedef struct jackgw_inbound {
    uint32_t struct_size;
    uint32_t segments;              /* as counted by the provider or the plugin; 0: not known */
    jackgw_str provider_message_id; /* required; with the channel it identifies the message for ever */
    jackgw_str from;                /* the guest's address, normalised */
    jackgw_str to;                  /* ours */
    jackgw_str content;
    jackgw_str encoding;        /* e.g. "GSM-7"; may be empty */
    jackgw_str provider_status; /* may be empty */
    const jackgw_media* media;  /* media_count items */
    uint64_t media_count;
    jackgw_pairs raw;              /* everything that the provider sent, kept as it is */
    const jackgw_consent* consent; /* recorded in the same transaction; NULL: none */
    jackgw_time_us received_at;
    jackgw_str reply_from; /* ours that an answer should come from where that isn't `to`: a service that owns
                              it; may be empty */
} jackgw_inbound;

enum {
    JACKGW_STORED = 1,
    JACKGW_DUPLICATE = 2 /* known from before: nothing was changed */
};

typedef struct jackgw_received {
    uint32_t struct_size; /* set by the caller */
    int32_t result;       /* JACKGW_STORED or JACKGW_DUPLICATE */
} jackgw_received;

/* What a provider says later about a message that was sent. */
typedef struct jackgw_status_update {
    uint32_t struct_size;
    int32_t delivery;               /* JACKGW_DELIVERY_…; UNCHANGED: the word has no counterpart */
    jackgw_str attempt_id;          /* from the call-back URL; may be empty */
    jackgw_str provider_message_id; /* required */
    jackgw_str provider_status;     /* the provider's own word */
    jackgw_str error_code;          /* our name; empty: none */
    int32_t provider_error_code;    /* 0: none */
    uint32_t flags;                 /* JACKGW_FAILURE_… */
    jackgw_str error_message;
    jackgw_pairs raw;
    jackgw_time_us received_at;
    /* With JACKGW_FAILURE_OPTED_OUT: more of our addresses and services that the opt-out holds for. The host
     * records it for each, and for the message's own sender. */
    jackgw_strs opt_out_scopes;
    /* The message surely did not arrive, and may be sent again without anybody's asking: at most so many new
     * messages are made of one that a caller made, each at the earliest `resend_after_ms` after the report
     * that failed the one before. The host makes them once, however often the report comes, and only where
     * the report fails the message; never for a guest who has opted out, after the message's expiry, or in a
     * closed conversation. 0: none is made. The host has limits of its own: 10, and 7 days. */
    uint32_t resend_limit;
    uint32_t reserved;
    int64_t resend_after_ms;
} jackgw_status_update;

enum {
    JACKGW_STATUS_APPLIED = 1,   /* the message's state or error changed */
    JACKGW_STATUS_NOTED = 2,     /* kept as an event; the state stays (late, or the same) */
    JACKGW_STATUS_DUPLICATE = 3, /* the same report was stored before */
    JACKGW_STATUS_NO_MESSAGE = 4 /* no message with this id or attempt is known; the report is kept */
};

typedef struct jackgw_status_result {
    uint32_t struct_size; /* set by the caller */
    int32_t result;       /* JACKGW_STATUS_… */
} jackgw_status_result;

/* A consent reported without a message. */
typedef struct jackgw_consent_report {
    uint32_t struct_size;
    uint32_t reserved;
    const jackgw_consent* consent;
    jackgw_str dedup_key; /* the same key is recorded once; empty: always */
    jackgw_pairs raw;
    jackgw_time_us received_at;
} jackgw_consent_report;

typedef struct jackgw_conversations {
    uint32_t struct_size;
    uint32_t reserved;

    /* Registers the mapper of the channel; the table must live as long as the instance. At most once.
     * [control] creating */
    jackgw_status (*set_mapper)(jackgw_host* host, const jackgw_mapper* mapper, jackgw_sink error);

    /* Stores a guest's message: guest, conversation, message, consent and events, or nothing of it if
     * (channel, provider message id) is known. When it returns JACKGW_OK the message is on disk.
     * JACKGW_E_UNAVAILABLE: it is not known to be stored, the provider should come again: a repetition is
     * stored once. [any-thread] running or draining */
    jackgw_status (*receive)(jackgw_host* host, const jackgw_inbound* message, jackgw_received* out,
                             jackgw_sink error);

    /* Applies a delivery report. The host keeps states monotonic and drops repetitions, so that reports may
     * come late, twice or in any order. Durable when it returns JACKGW_OK. [any-thread] running or draining
     */
    jackgw_status (*apply_status)(jackgw_host* host, const jackgw_status_update* update,
                                  jackgw_status_result* out, jackgw_sink error);

    /* Records a consent. Durable when it returns JACKGW_OK. [any-thread] running or draining */
    jackgw_status (*record_consent)(jackgw_host* host, const jackgw_consent_report* report,
                                    jackgw_received* out, jackgw_sink error);
} jackgw_conversations;

#ifdef __cplusplus
}
#endif

#endif
