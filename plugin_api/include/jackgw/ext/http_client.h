/* jackgw.http_client/1: one HTTP request to a provider, through the host's connections. */
#ifndef JACKGW_EXT_HTTP_CLIENT_H
#define JACKGW_EXT_HTTP_CLIENT_H

#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_HTTP_CLIENT "jackgw.http_client/1"

enum {
    /* Only to the public internet: for URLs that a stranger has chosen. The host's name is looked up once and
     * all its addresses are checked: none may be private, of this machine or otherwise special. The
     * connection goes to a checked address; certificate and server name stay those of the URL. */
    JACKGW_HTTP_PUBLIC_ONLY = 1u << 0
};

/* Views are valid until `request` returns. */
typedef struct jackgw_http_request {
    uint32_t struct_size;
    uint32_t flags;    /* JACKGW_HTTP_… */
    jackgw_str method; /* "GET", "POST", "DELETE", … */
    jackgw_str url;    /* absolute; https, or http to a loopback address; without credentials and fragment */
    jackgw_pairs headers;       /* Host, Content-Length and Connection are the host's */
    jackgw_str body;            /* raw bytes, may be empty */
    int64_t connect_timeout_ms; /* 1…60000; 0: 5000. TLS handshake included */
    int64_t total_timeout_ms;   /* 1…60000; 0: 15000. From the call until the last byte of the answer */
    uint64_t max_response_body; /* bytes; 0: 1 MiB */
} jackgw_http_request;

/* Takes the answer while it comes in, on the thread that called `request`; the functions copy what they get.
 * `head` is called once, for the final answer; then `body` any number of times, with at most 16 KiB each, so
 * that an answer of any length needs little memory. `body` may block, which slows the other side down; the
 * deadline runs on. */
typedef struct jackgw_http_response_sink {
    struct jackgw_http_response_target* target; /* the plugin's; passed back untouched */
    void (*head)(struct jackgw_http_response_target* target, int32_t status, jackgw_pairs headers);
    /* 1: go on. 0: no more is wanted; the connection is closed and `request` answers JACKGW_E_FAILED. */
    int32_t (*body)(struct jackgw_http_response_target* target, jackgw_str piece);
} jackgw_http_response_sink;

/* What is known about the request when no complete answer came. */
enum {
    JACKGW_HTTP_NOT_WRITTEN = 1, /* surely no byte of it was written to the wire: it may be repeated */
    JACKGW_HTTP_WRITTEN = 2      /* it was written, wholly or in part: the other side may have acted on it */
};

typedef struct jackgw_http_result {
    uint32_t struct_size; /* set by the caller */
    int32_t written;      /* JACKGW_HTTP_NOT_WRITTEN or JACKGW_HTTP_WRITTEN; set in every case */
    int32_t status;       /* of the complete answer; 0: none came */
    int32_t reused;       /* 1: an open connection was used again */
} jackgw_http_result;

typedef struct jackgw_http_client {
    uint32_t struct_size;
    uint32_t reserved;

    /* Makes exactly one request: it is never repeated silently and redirects are not followed. Certificate
     * and host name are verified. JACKGW_OK: a complete answer was put into the sink, whatever its status.
     * JACKGW_E_TIMEOUT, JACKGW_E_FAILED, JACKGW_E_TOO_LARGE: no complete answer, though the sink may have got
     * the beginning of one; `out->written` says whether the request may have been acted on.
     * JACKGW_E_INVALID_ARGUMENT: the request isn't allowed, by JACKGW_HTTP_PUBLIC_ONLY for instance.
     * [any-thread] running or draining; blocks until the deadline */
    jackgw_status (*request)(jackgw_host* host, const jackgw_http_request* request,
                             const jackgw_http_response_sink* response, jackgw_http_result* out,
                             jackgw_sink error);
} jackgw_http_client;

#ifdef __cplusplus
}
#endif

#endif
