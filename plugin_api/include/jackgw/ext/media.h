/* jackgw.media/1: pictures and other media of messages, offered by a plugin through `get_extension`. A plugin
 * without it sends media unchecked, and its guests' media can't be fetched through the gateway. */
#ifndef JACKGW_EXT_MEDIA_H
#define JACKGW_EXT_MEDIA_H

#include <jackgw/ext/mapper.h>
#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_MEDIA "jackgw.media/1"

/* One of a guest's media, as the plugin reported it. Views are valid until `fetch` returns. */
typedef struct jackgw_media_request {
    uint32_t struct_size;
    uint32_t index; /* its place in the message, from 0 */
    jackgw_str url;
    jackgw_str content_type; /* as reported; may be empty */
    jackgw_str provider_message_id;
    jackgw_pairs raw; /* all parameters that the message came with: they may name the account, for instance */
    uint64_t max_bytes; /* longest body that is wanted */
    int64_t timeout_ms; /* for the whole, redirects included; 1…60000 */
} jackgw_media_request;

/* What is known before the first byte. */
typedef struct jackgw_media_head {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_str content_type; /* empty: not told */
    int64_t length;          /* bytes; -1: not known */
} jackgw_media_head;

/* Takes a medium while it comes in: `head` once, then `body` any number of times. Both return 1: go on, or 0:
 * no more is wanted, then `fetch` ends soon. They copy what they get and may block. */
typedef struct jackgw_media_sink {
    struct jackgw_media_target* target; /* the host's; passed back untouched */
    int32_t (*head)(struct jackgw_media_target* target, const jackgw_media_head* head);
    int32_t (*body)(struct jackgw_media_target* target, jackgw_str piece);
} jackgw_media_sink;

/* Takes what `check` finds; copies what it gets. */
typedef struct jackgw_problem_sink {
    struct jackgw_problem_target* target; /* the host's; passed back untouched */
    void (*put)(struct jackgw_problem_target* target, const jackgw_problem* problem);
} jackgw_problem_sink;

typedef struct jackgw_media_access {
    uint32_t struct_size;
    uint32_t reserved;

    /* Looks at the URLs of a message that is about to be stored for sending, after the mapper has let them
     * pass: what can be said about them only by asking their servers. Puts at most one problem, with
     * "mediaUrls" as its field; none: they may be sent. URLs come from outside: ask with
     * JACKGW_HTTP_PUBLIC_ONLY. NULL: nothing to check. JACKGW_OK in both cases; on any other status the
     * message is refused. [worker] running or draining; within half a minute */
    jackgw_status (*check)(jackgw_plugin* plugin, jackgw_strs urls, jackgw_problem_sink problem,
                           jackgw_sink error);

    /* Gets one of a guest's media from the provider into the sink. Credentials go to the provider alone,
     * never to where it redirects. NULL: not supported. JACKGW_OK: the whole is in the sink, or the sink
     * wanted no more. JACKGW_E_INVALID_ARGUMENT: it may not be fetched from there. JACKGW_E_TOO_LARGE:
     * longer than `max_bytes`. JACKGW_E_TIMEOUT, JACKGW_E_FAILED, JACKGW_E_UNAVAILABLE as everywhere. The
     * error text is shown to API callers: no URLs, no credentials. [worker] running or draining */
    jackgw_status (*fetch)(jackgw_plugin* plugin, const jackgw_media_request* request, jackgw_media_sink sink,
                           jackgw_sink error);
} jackgw_media_access;

#ifdef __cplusplus
}
#endif

#endif
