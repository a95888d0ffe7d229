/*
 * The heart of the contract: the entry symbol, the life of a plugin and its options.
 *
 * THREADS. Three words are used throughout these headers:
 *
 *   [control]     the host's control thread. All calls of one generation's life cycle come from it, one after
 * the other. A plugin must not block here for longer than a few seconds. [worker]      any of the host's
 * worker threads, several at once. Calls come only between the return of `start` and the call of `stop`.
 * Blocking is fine within the deadline that the call names. [any-thread]  any thread at all, the plugin's own
 * included.
 *
 * STATES. A plugin instance is in one of these states; functions name those in which they are legal:
 *
 *   creating   inside `create`: the only time when routes, sender and mapper may be registered
 *   created    after `create`, before `start`
 *   running    from the call of `start` until `stop` is called
 *   draining   between `quiesce` and `stop`: still running, no new calls begin, calls in flight finish
 *   stopped    after `stop` has returned: no thread and no call-back of the plugin exists
 *
 * The host checks both at run time in all builds and answers JACKGW_E_WRONG_STATE or JACKGW_E_WRONG_THREAD.
 *
 * LIFE. create · start · quiesce · stop · destroy. `start` and `stop` balance: where `start` failed, `stop`
 * is not called, `destroy` is. On a reload the new instance is created and started while the old one serves;
 * both may run at once.
 *
 * No exception crosses the boundary in either direction, and no function of either side calls longjmp over
 * the other.
 */
#ifndef JACKGW_PLUGIN_H
#define JACKGW_PLUGIN_H

#include <jackgw/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the contract that these headers describe. A change of the major version breaks binaries; a
 * minor version only adds. A plugin writes the least minor version it needs as a literal, never as
 * JACKGW_ABI_MINOR: compiled against newer headers it would else refuse hosts that it could run on. */
#define JACKGW_ABI_MAJOR 1u
#define JACKGW_ABI_MINOR 0u

/* "JKGW" */
#define JACKGW_PLUGIN_MAGIC 0x4a4b4757u

/* The plugin's instance. The plugin defines the struct; the host only passes the pointer back. */
typedef struct jackgw_plugin jackgw_plugin;

/* The host as one generation of a plugin sees it. Valid from `create` until `destroy` returns. */
typedef struct jackgw_host jackgw_host;

enum {
    JACKGW_OPTION_STRING = 1,  /* any text; `pattern` may restrict it */
    JACKGW_OPTION_INTEGER = 2, /* a decimal 64-bit integer within minimum…maximum */
    JACKGW_OPTION_BOOLEAN = 3, /* handed over as "true" or "false" */
    JACKGW_OPTION_URL =
        4 /* an absolute http or https URL; whether a fragment makes sense is the plugin's to say */
};

enum {
    JACKGW_OPTION_REQUIRED = 1u << 0, /* a channel without a value for it does not start */
    JACKGW_OPTION_SECRET = 1u << 1    /* never shown; scrubbed from all that the host logs */
};

/* One option of a plugin. The host takes the value from the config file, else from the environment variable,
 * else the default value, validates it and hands it over in `create`.
 *
 * A key of the form "senders[].sender" declares the column `sender` of a list of tables: the operator writes
 * [[channels.NAME.options.senders]] once for each row. Type, flags, pattern, default value and limits hold
 * for each row; a column has no environment variable. At least one column of a list must be required, so that
 * no row is empty. The values are handed over row by row, rows counted from 0: the pairs "senders[0].sender",
 * "senders[0].account_sid", "senders[1].sender", … No list, or an empty one: no pairs. */
typedef struct jackgw_option {
    jackgw_str key;           /* snake_case, or list[].column with both in snake_case; unique in the table */
    int32_t type;             /* JACKGW_OPTION_STRING … */
    uint32_t flags;           /* JACKGW_OPTION_REQUIRED | … */
    jackgw_str pattern;       /* ECMAScript regular expression that the whole value must match; empty: none */
    jackgw_str default_value; /* empty: none */
    jackgw_str env; /* environment variable used when the file has no value; empty: none, as for columns */
    jackgw_str description; /* one line for the operator: what it is and what is allowed */
    int64_t minimum;        /* integers only; both 0: no limits */
    int64_t maximum;
} jackgw_option;

typedef struct jackgw_option_table {
    const jackgw_option* items;
    uint32_t count;
    uint32_t item_size; /* sizeof(jackgw_option) where the table was compiled: the stride of the array */
} jackgw_option_table;

/* What the host offers. */
typedef struct jackgw_host_api {
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    jackgw_str version; /* the host's own version, for logs only */

    /* Finds a table of functions by its versioned id, e.g. "jackgw.log/1" -> const jackgw_log *. The table is
     * const and lives as long as the host handle. NULL: the host doesn't know the id. Function pointers in a
     * table may be NULL: not supported. [any-thread] in every state. */
    const void* (*get_extension)(jackgw_host* host, jackgw_str id);
} jackgw_host_api;

typedef struct jackgw_create_args {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_host* host;          /* valid until `destroy` returns */
    const jackgw_host_api* api; /* likewise */
    jackgw_str channel;         /* the channel's name in the config file, e.g. "sms" */
    jackgw_str public_url;      /* the gateway's base URL as the world sees it, without a trailing slash */
    jackgw_pairs options; /* each option that has a value, validated; in the order of the table, lists row
                             by row where their first column stands */
} jackgw_create_args;

/*
 * The one symbol that a plugin exports, under the name `jackgw_plugin_entry`. The host reads the data members
 * and refuses a mismatch before it calls any function.
 */
typedef struct jackgw_plugin_entry_v1 {
    uint32_t magic;          /* JACKGW_PLUGIN_MAGIC */
    uint32_t struct_size;    /* sizeof(jackgw_plugin_entry_v1) */
    uint32_t abi_major;      /* 1, as a literal */
    uint32_t min_host_minor; /* the least minor version of the host that the plugin needs, as a literal */
    jackgw_str id;           /* the plugin's name, e.g. "jackgw-sms" */
    jackgw_str version;      /* the plugin's version, e.g. "0.1.0" */
    jackgw_str description;  /* one line */
    jackgw_option_table options;

    /* Makes an instance and registers its routes, sender and mapper with the host. On success *out is the
     * instance. On failure *out stays untouched, nothing of the instance is left and the error sink says why
     * in words for the operator: all that is wrong with the options, since it is called for that alone, too,
     * and then followed by `destroy`. So it has no effect outside of the instance. [control] creating */
    jackgw_status (*create)(const jackgw_create_args* args, jackgw_plugin** out, jackgw_sink error);

    /* Begins to work: after it calls arrive on worker threads. May be NULL: nothing to do.
     * [control] created */
    jackgw_status (*start)(jackgw_plugin* plugin, jackgw_sink error);

    /* Asks the plugin to come to rest: no new calls will begin; those in flight may go on until `deadline_us`
     * (a duration from now, in microseconds). Returns at once or waits, at most until then. May be NULL.
     * [control] running */
    void (*quiesce)(jackgw_plugin* plugin, int64_t deadline_us);

    /* Ends what `start` began. When it returns the plugin has no thread and no call-back in flight. May be
     * NULL. [control] draining; no call is in flight */
    void (*stop)(jackgw_plugin* plugin);

    /* Frees the instance. [control] created or stopped */
    void (*destroy)(jackgw_plugin* plugin);

    /* Finds a table of functions that the plugin offers, e.g. "jackgw.health/1" -> const jackgw_health *.
     * NULL: it has none. May be NULL itself: the plugin offers none. The table lives as long as the instance.
     * [any-thread] */
    const void* (*get_extension)(jackgw_plugin* plugin, jackgw_str id);
} jackgw_plugin_entry_v1;

/* Defined by the plugin: `const jackgw_plugin_entry_v1 jackgw_plugin_entry = { … };` */
JACKGW_EXPORT extern const jackgw_plugin_entry_v1 jackgw_plugin_entry;

#ifdef __cplusplus
}
#endif

#endif
