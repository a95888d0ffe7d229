/* The words for what becomes of a message, used by sender and conversations. */
#ifndef JACKGW_EXT_DELIVERY_H
#define JACKGW_EXT_DELIVERY_H

#include <jackgw/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Delivery states. They only move forward: pending < sending < sent < {delivered, failed, canceled} < read
 * (read only after delivered), but that delivered and read replace failed: the user has the message then. */
enum {
    JACKGW_DELIVERY_UNCHANGED = 0, /* the provider's word has no counterpart: the state stays as it is */
    JACKGW_DELIVERY_PENDING = 1,   /* accepted or queued by the provider */
    JACKGW_DELIVERY_SENDING = 2,
    JACKGW_DELIVERY_SENT = 3, /* handed to the network; may be the last word where no receipt comes */
    JACKGW_DELIVERY_DELIVERED = 4,
    JACKGW_DELIVERY_FAILED = 5,
    JACKGW_DELIVERY_CANCELED = 6,
    JACKGW_DELIVERY_READ = 7
};

/* Notes about a failure, or-ed. */
enum {
    JACKGW_FAILURE_OPTED_OUT =
        1u << 0, /* the recipient has opted out of messages from this sender: the host records it */
    JACKGW_FAILURE_RETRYABLE = 1u << 1, /* a new message to the same recipient may work later */
    JACKGW_FAILURE_ALERT = 1u << 2 /* an operator has to see to it, though only this message is concerned: a
                                      country that isn't enabled, a code that the plugin doesn't know */
};

#ifdef __cplusplus
}
#endif

#endif
