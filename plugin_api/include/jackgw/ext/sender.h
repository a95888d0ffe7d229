/* The sender: what a plugin registers with jackgw.router/1 to send messages of its channel. */
#ifndef JACKGW_EXT_SENDER_H
#define JACKGW_EXT_SENDER_H

#include <jackgw/ext/delivery.h>
#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A message to send now, as the mapper left it. Views are valid until `send` returns. */
typedef struct jackgw_outgoing {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_str message_id; /* the host's id of the message */
    jackgw_str attempt_id; /* the host's id of this attempt: to be carried in a call-back URL where the
                              provider has one */
    jackgw_str from;       /* the sender that the mapper chose: a number, a service id */
    jackgw_str to;         /* the recipient, normalised by the mapper */
    jackgw_str content;    /* the text, may be empty if there is media */
    jackgw_strs media_urls;
    jackgw_time_us expires_at; /* the message is worthless after it */
} jackgw_outgoing;

/* The outcome of one attempt. What it does beyond its own message depends on whom it concerns, see below. */
enum {
    /* The provider took the message and gave it an id. */
    JACKGW_OUTCOME_ACCEPTED = 1,
    /* Refused for good: the same message will never be taken. Only what the provider says in its own format,
     * with a code that is known to concern the message. */
    JACKGW_OUTCOME_REJECTED = 2,
    /* Surely not processed, may be taken later: documented so by the provider (rate limit, queue full), or
     * the request was never written to the wire. */
    JACKGW_OUTCOME_REFUSED_FOR_NOW = 3,
    /* Surely not processed, and wrong is what an operator has set up: credentials, a sender, the provider's
     * address. */
    JACKGW_OUTCOME_MISCONFIGURED = 4,
    /* The provider may or may not have taken it: 5xx, or a time-out or cut connection after the request was
     * written. The host never blindly sends such a message again. */
    JACKGW_OUTCOME_UNKNOWN = 5
};

/* Whom an outcome that isn't accepted concerns: what else would meet the same. The host acts on it. */
enum {
    /* Not told: the sender where it is misconfigured, else the message. */
    JACKGW_CONCERNS_UNSET = 0,

    /* The message alone, for its text or media; its recipient, from whichever sender; its recipient from this
     * sender. Rejected and misconfigured fail the message; refused for now tries it again after the channel's
     * retry delays, and fails it after the last. */
    JACKGW_CONCERNS_MESSAGE = 1,
    JACKGW_CONCERNS_RECIPIENT = 2,
    JACKGW_CONCERNS_PAIR = 3,

    /* The sender; all senders of its account; all of the channel: the provider, or the way to it. The cause
     * lies outside of the message, which therefore stays due and loses none of its attempts (unknown stays
     * unknown). The host sends nothing more of them but for a probe now and then, with a message to another
     * recipient where there is one. The first that is accepted lets all go on. An unknown outcome does so
     * only when it is the second in a row. */
    JACKGW_CONCERNS_SENDER = 4,
    JACKGW_CONCERNS_ACCOUNT = 5,
    JACKGW_CONCERNS_CHANNEL = 6,

    /* The message or its sender: taken for the message's until a second recipient meets the same
     * provider_error_code with nothing accepted in between; then it is the sender's. */
    JACKGW_CONCERNS_UNCLEAR = 7
};

typedef struct jackgw_outcome {
    uint32_t struct_size;
    int32_t kind;                   /* JACKGW_OUTCOME_… */
    jackgw_str provider_message_id; /* required when accepted */
    jackgw_str provider_status;     /* the provider's own word, may be empty */
    int32_t delivery;               /* JACKGW_DELIVERY_…, when accepted */
    uint32_t flags;                 /* JACKGW_FAILURE_… */
    jackgw_str error_code; /* the host's name for the error in UPPER_SNAKE_CASE, e.g. "INVALID_NUMBER" */
    int32_t provider_error_code; /* 0: none */
    int32_t segments;            /* as counted by the provider; 0: not told */
    jackgw_str error_message;    /* for the operator, without secrets */
    int64_t retry_after_ms;      /* not before this many milliseconds; negative: not told */
    /* With JACKGW_FAILURE_OPTED_OUT: more of our addresses and services that the opt-out holds for. The host
     * records it for each, and for the message's own sender. */
    jackgw_strs opt_out_scopes;
    int32_t concerns; /* JACKGW_CONCERNS_… */
    int32_t reserved;
} jackgw_outcome;

/* Takes the outcome and copies it before it returns. */
typedef struct jackgw_outcome_sink {
    struct jackgw_outcome_target* target; /* the host's; passed back untouched */
    void (*put)(struct jackgw_outcome_target* target, const jackgw_outcome* outcome);
} jackgw_outcome_sink;

/* A message that the provider accepted and about which it hasn't said the last word. Views are valid until
 * `look_up` returns. */
typedef struct jackgw_sent_message {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_str message_id; /* the host's id of the message */
    jackgw_str provider_message_id;
    jackgw_str from; /* the sender that the message went by: a number, a service id */
    jackgw_str to;   /* the recipient */
} jackgw_sent_message;

typedef struct jackgw_sender {
    uint32_t struct_size;
    uint32_t reserved;

    /* Makes exactly one attempt, through jackgw.http_client/1, and puts exactly one outcome. A return other
     * than JACKGW_OK without an outcome counts as unknown. Ends within 60 seconds. [worker] running or
     * draining; several at once, never two for one pair of sender and recipient. */
    jackgw_status (*send)(jackgw_plugin* plugin, const jackgw_outgoing* message, jackgw_outcome_sink outcome,
                          jackgw_sink error);

    /* Asks the provider what became of a message, because no call-back has told it for long. What the
     * provider says is reported by jackgw.conversations/1 apply_status before this returns, whether it is
     * news or not. JACKGW_OK: the provider answered. JACKGW_E_UNAVAILABLE: it takes no questions for now
     * (rate limit, no connection, a fault on its side): the host pauses and asks again later. Anything else:
     * it can't tell, and `error` says why, e.g. that it doesn't know the message. Ends within 60 seconds.
     * NULL: the provider can't be asked. [worker] running or draining; one at a time */
    jackgw_status (*look_up)(jackgw_plugin* plugin, const jackgw_sent_message* message, jackgw_sink error);

    /* Names the account at the provider that sends for a sender of ours: what JACKGW_CONCERNS_ACCOUNT says of
     * one sender holds for the others of its account. Pure and quick. NULL, or nothing written: the channel
     * has one account. [any-thread] running or draining */
    void (*account_of)(jackgw_plugin* plugin, jackgw_str from, jackgw_sink account);
} jackgw_sender;

#ifdef __cplusplus
}
#endif

#endif
