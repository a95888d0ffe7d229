/* jackgw.self_test/1: offered by a plugin through its get_extension. */
#ifndef JACKGW_EXT_SELF_TEST_H
#define JACKGW_EXT_SELF_TEST_H

#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_SELF_TEST "jackgw.self_test/1"

/* What a check came to. */
enum {
    JACKGW_CHECK_OK = 1,
    JACKGW_CHECK_WARNING = 2, /* it works, but not for long, not for everybody or not as it should */
    JACKGW_CHECK_FAILED = 3,  /* messages are lost or can't be sent until somebody acts */
    JACKGW_CHECK_SKIPPED = 4  /* could not be made; the message says why */
};

/* One check. Views are valid until `put` returns; malformed texts are repaired, and cut at 4 KiB. */
typedef struct jackgw_check {
    uint32_t struct_size;
    int32_t status;     /* JACKGW_CHECK_… */
    jackgw_str name;    /* what was checked, in snake_case, e.g. "credentials"; required */
    jackgw_str subject; /* what it was checked for, e.g. a number; empty: the channel as a whole */
    jackgw_str message; /* for the operator: what was found and, unless it is ok, what to do; no secrets */
} jackgw_check;

/* Takes a check and copies it before it returns. `put` may be called any number of times, in the order in
 * which the checks are to be shown, on the thread that called `run` and until `run` returns. */
typedef struct jackgw_check_sink {
    struct jackgw_check_target* target; /* the host's; passed back untouched */
    void (*put)(struct jackgw_check_target* target, const jackgw_check* check);
} jackgw_check_sink;

typedef struct jackgw_self_test_args {
    uint32_t struct_size;
    uint32_t reserved;
    int64_t deadline_us; /* a duration from now, in microseconds: what isn't checked by then is skipped */
} jackgw_self_test_args;

typedef struct jackgw_self_test {
    uint32_t struct_size;
    uint32_t reserved;

    /* Finds out whether the channel works as it is configured, here and at the provider, through
     * jackgw.http_client/1. It only looks: it sends no message and changes nothing at the provider.
     * JACKGW_OK: the checks are in the sink, whatever they came to. Anything else: the test as a whole could
     * not be made and `error` says why; checks already put are shown all the same. [worker] running or
     * draining; never two at once for one instance; blocks until the deadline at the latest */
    jackgw_status (*run)(jackgw_plugin* plugin, const jackgw_self_test_args* args, jackgw_check_sink checks,
                         jackgw_sink error);
} jackgw_self_test;

#ifdef __cplusplus
}
#endif

#endif
