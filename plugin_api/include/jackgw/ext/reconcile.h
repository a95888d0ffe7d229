/* jackgw.reconcile/1: did the provider take an attempt whose outcome is unknown? */
#ifndef JACKGW_EXT_RECONCILE_H
#define JACKGW_EXT_RECONCILE_H

#include <jackgw/ext/delivery.h>
#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_RECONCILE "jackgw.reconcile/1"

/* An attempt whose outcome is unknown, and whose settling delay is over. Views are valid until `reconcile`
 * returns. */
typedef struct jackgw_doubtful_attempt {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_str message_id;
    jackgw_str attempt_id;
    jackgw_str from; /* as in jackgw_outgoing */
    jackgw_str to;
    jackgw_str content;
    jackgw_strs media_urls;
    /* Between these two the provider got it, if it did; both by the gateway's wall clock. */
    jackgw_time_us started_at;
    jackgw_time_us ended_at;
} jackgw_doubtful_attempt;

enum {
    /* The provider has it, under this id. */
    JACKGW_RECONCILED_TAKEN = 1,
    /* The provider's list shows no message that could be this attempt's, though it shows later messages of
     * ours already. The host believes it when a second search, a settling delay later, says so too; then the
     * message is due again. */
    JACKGW_RECONCILED_ABSENT = 2,
    /* Neither is sure yet: the list doesn't reach that far, shows none of our later messages, or shows one to
     * this recipient that none of our attempts owns and that can't be told to be another's. */
    JACKGW_RECONCILED_CANT_TELL = 3
};

typedef struct jackgw_reconciled {
    uint32_t struct_size;
    int32_t kind;                   /* JACKGW_RECONCILED_… */
    jackgw_str provider_message_id; /* taken: required */
    jackgw_str provider_status;     /* taken: the provider's own word */
    int32_t delivery;               /* taken: JACKGW_DELIVERY_… */
    int32_t provider_error_code;    /* taken: 0: none */
    jackgw_str error_code;          /* taken: the host's name for the error, may be empty */
    jackgw_str error_message;       /* taken: in words */
    uint32_t flags;                 /* taken: JACKGW_FAILURE_… */
    int32_t segments;               /* taken: 0: not told */
    jackgw_str reason;              /* can't tell: why, for the operator */
} jackgw_reconciled;

/* Takes the answer and copies it before it returns. */
typedef struct jackgw_reconciled_sink {
    struct jackgw_reconciled_target* target; /* the host's; passed back untouched */
    void (*put)(struct jackgw_reconciled_target* target, const jackgw_reconciled* reconciled);
} jackgw_reconciled_sink;

typedef struct jackgw_reconciler {
    uint32_t struct_size;
    uint32_t reserved;

    /* Asks the provider, and puts exactly one answer. JACKGW_E_UNAVAILABLE: it takes no questions for now;
     * the host pauses and asks again later. Any other failure counts as "can't tell", with the error as its
     * reason. Ends within 60 seconds. [worker] running or draining; one at a time */
    jackgw_status (*reconcile)(jackgw_plugin* plugin, const jackgw_doubtful_attempt* attempt,
                               jackgw_reconciled_sink reconciled, jackgw_sink error);
} jackgw_reconciler;

/* Whose a message of the provider's is. */
typedef struct jackgw_message_owner {
    uint32_t struct_size;              /* set by the caller */
    int32_t known;                     /* 1: one of our attempts owns it; 0: none does, as far as we know */
    jackgw_time_us attempt_started_at; /* known: when that attempt began, by the gateway's wall clock */
} jackgw_message_owner;

typedef struct jackgw_reconcile {
    uint32_t struct_size;
    uint32_t reserved;

    /* Registers the reconciler of the channel; the table must live as long as the instance. At most once.
     * Without one, what is unknown stays so until a report tells. [control] creating */
    jackgw_status (*set_reconciler)(jackgw_host* host, const jackgw_reconciler* reconciler,
                                    jackgw_sink error);

    /* Says whether one of the channel's attempts owns a message of the provider's. [any-thread] running or
     * draining; asks the store */
    jackgw_status (*owner)(jackgw_host* host, jackgw_str provider_message_id, jackgw_message_owner* out,
                           jackgw_sink error);
} jackgw_reconcile;

#ifdef __cplusplus
}
#endif

#endif
