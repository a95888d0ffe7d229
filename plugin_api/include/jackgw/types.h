/*
 * The value types of the contract: text views, lists, sinks, status codes, times.
 *
 * Text is a view {data, length} of UTF-8 bytes without a terminating NUL. `data` may be NULL when `length` is
 * 0. A view is borrowed: it is valid until the call that passed it returns, and whoever needs it longer
 * copies it. Nobody ever frees what the other side allocated: results travel through sinks (a call-back that
 * copies at once) or through structs that the caller owns.
 *
 * Structs that may grow begin with `struct_size`, set by whoever fills the struct to its own sizeof. Members
 * are only ever appended; a reader looks at a member only when `struct_size` covers it.
 */
#ifndef JACKGW_TYPES_H
#define JACKGW_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define JACKGW_EXTERN_C extern "C"
#else
#define JACKGW_EXTERN_C extern
#endif

/* Marks the one symbol that a plugin exports. */
#define JACKGW_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* A borrowed view of UTF-8 text (or of raw bytes where a member says so). */
typedef struct jackgw_str {
    const char* data;
    uint64_t length; /* bytes */
} jackgw_str;

/* Initialises a jackgw_str from a string literal: `static const jackgw_str id = JACKGW_STR("sms");` */
#define JACKGW_STR(literal) \
    { (literal), sizeof(literal) - 1 }

/* Nothing: the empty text. */
#define JACKGW_STR_EMPTY \
    { NULL, 0 }

typedef struct jackgw_strs {
    const jackgw_str* items;
    uint64_t count;
} jackgw_strs;

/* A name and its value: a header, a form parameter, an option. Lists of pairs keep order and repeated names.
 */
typedef struct jackgw_pair {
    jackgw_str name;
    jackgw_str value;
} jackgw_pair;

typedef struct jackgw_pairs {
    const jackgw_pair* items;
    uint64_t count;
} jackgw_pairs;

/* Microseconds since 1970-01-01T00:00:00Z. */
typedef int64_t jackgw_time_us;

/* The answer of every function that can fail: one of JACKGW_OK and JACKGW_E_… below. */
typedef int32_t jackgw_status;

enum {
    JACKGW_OK = 0,
    JACKGW_E_FAILED = 1,           /* it was tried and did not work; the error sink says why */
    JACKGW_E_INVALID_ARGUMENT = 2, /* a value is out of its range, malformed or missing */
    JACKGW_E_WRONG_STATE = 3,      /* not legal now, e.g. a route registered after `create` */
    JACKGW_E_WRONG_THREAD = 4,     /* not legal on this thread */
    JACKGW_E_NOT_SUPPORTED = 5,    /* this side does not offer it */
    JACKGW_E_CONFLICT = 6,         /* somebody else has it, e.g. the same route */
    JACKGW_E_UNAVAILABLE =
        7,                /* not possible for now (store busy, shutting down): the same call may work later */
    JACKGW_E_TIMEOUT = 8, /* the deadline passed before it was done */
    JACKGW_E_TOO_LARGE = 9 /* over a limit */
};

/*
 * Takes text and copies it before it returns. `write` may be called several times: the pieces are one text. A
 * sink is valid for the call that it was passed to. `write` may be NULL: the caller doesn't want the text.
 * Use jackgw_put.
 */
typedef struct jackgw_sink {
    struct jackgw_sink_target* target; /* the owner's; passed back untouched */
    void (*write)(struct jackgw_sink_target* target, jackgw_str piece);
} jackgw_sink;

/* Writes a text into a sink, or nothing if the sink takes nothing. */
static inline void jackgw_put(jackgw_sink sink, jackgw_str text) {
    if (sink.write && text.length > 0) sink.write(sink.target, text);
}

#ifdef __cplusplus
}
#endif

#endif
