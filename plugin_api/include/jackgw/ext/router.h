/* jackgw.router/1: HTTP routes that the host serves for a plugin, and the sender of its channel. */
#ifndef JACKGW_EXT_ROUTER_H
#define JACKGW_EXT_ROUTER_H

#include <jackgw/ext/sender.h>
#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_ROUTER "jackgw.router/1"

enum { JACKGW_METHOD_GET = 1u << 0, JACKGW_METHOD_POST = 1u << 1 };

/* A request from the network. All views are valid until the handler returns. */
typedef struct jackgw_request {
    uint32_t struct_size;
    uint32_t method;      /* one of JACKGW_METHOD_… */
    jackgw_str target;    /* as received, not decoded: path and query, "/webhooks/x?a=%20b" */
    jackgw_str path;      /* the part of target before '?' */
    jackgw_str query;     /* the part after '?', empty if there is none */
    jackgw_str url;       /* public base URL + target: what a provider has called, as seen from outside */
    jackgw_pairs headers; /* in the order received; names as received, compared without regard to case */
    jackgw_str body;      /* raw bytes, complete */
    jackgw_str peer;      /* the client's address, proxies that the operator trusts left out */
    jackgw_time_us received_at;
} jackgw_request;

/* Takes the answer. The functions copy what they get. Without any call the answer is 200 with an empty body.
 */
typedef struct jackgw_responder {
    uint32_t struct_size;
    uint32_t reserved;
    struct jackgw_responder_target* target; /* the host's; passed back untouched */

    /* 100…599; outside of it 500. */
    void (*set_status)(struct jackgw_responder_target* target, int32_t status);
    void (*add_header)(struct jackgw_responder_target* target, jackgw_str name, jackgw_str value);
    /* May be called several times; the pieces are appended. */
    void (*write)(struct jackgw_responder_target* target, jackgw_str piece);
} jackgw_responder;

/* Handles one request, within 10 seconds. Anything but JACKGW_OK makes the host answer 500 with an empty body
 * (503 for JACKGW_E_UNAVAILABLE) and drop what was put into the responder. [worker] running or draining;
 * several at once. */
typedef jackgw_status (*jackgw_route_handler)(jackgw_plugin* plugin, uint64_t tag,
                                              const jackgw_request* request,
                                              const jackgw_responder* responder);

typedef struct jackgw_route {
    uint32_t struct_size;
    uint32_t methods; /* JACKGW_METHOD_… or-ed; others are answered 405 by the host */
    jackgw_str path;  /* exact path below "/webhooks/", e.g. "/webhooks/acme/inbound" */
    uint64_t tag;     /* the plugin's; passed to the handler */
    jackgw_route_handler handle;
} jackgw_route;

typedef struct jackgw_router {
    uint32_t struct_size;
    uint32_t reserved;

    /* Registers a route of this generation; it becomes visible when the generation is published.
     * JACKGW_E_CONFLICT: the path belongs to another channel or was registered before. [control] creating */
    jackgw_status (*add_route)(jackgw_host* host, const jackgw_route* route, jackgw_sink error);

    /* Registers the sender of the channel; the table must live as long as the instance. A plugin without a
     * sender only receives. At most once. [control] creating */
    jackgw_status (*set_sender)(jackgw_host* host, const jackgw_sender* sender, jackgw_sink error);
} jackgw_router;

#ifdef __cplusplus
}
#endif

#endif
