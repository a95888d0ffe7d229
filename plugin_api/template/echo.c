/*
 * The smallest complete plugin: a channel called "echo" that answers what it gets. Copy it to begin a channel
 * of your own.
 *
 *   POST /webhooks/echo/message?from=ada&id=42      with the text as the body
 *
 * stores the text as a message from the guest "ada" and answers with the same text. What the hotel sends to
 * "ada" is accepted at once. A real channel would check a signature before anything else, and ask its
 * provider through jackgw.http_client/1.
 */
#include <jackgw/ext/conversations.h>
#include <jackgw/ext/health.h>
#include <jackgw/ext/log.h>
#include <jackgw/ext/router.h>
#include <jackgw/plugin.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ADDRESS = 64 };

struct jackgw_plugin {
    jackgw_host* host;
    const jackgw_log* log;
    const jackgw_router* router;
    const jackgw_conversations* conversations;
    char* prefix; /* the option; put before each answer */
    uint64_t prefix_length;
    atomic_uint_fast64_t sent;
    jackgw_mapper mapper;
    jackgw_sender sender;
    jackgw_health health;
};

static jackgw_str str(const char* text) {
    const jackgw_str view = {text, strlen(text)};
    return view;
}

static int equals(jackgw_str left, jackgw_str right) {
    return left.length == right.length && memcmp(left.data, right.data, left.length) == 0;
}

/* The value of a name in a query string, as it stands there; empty if the name is missing. */
static jackgw_str query_value(jackgw_str query, jackgw_str name) {
    const jackgw_str nothing = JACKGW_STR_EMPTY;
    uint64_t at = 0;
    while (at < query.length) {
        const jackgw_str rest = {query.data + at, query.length - at};
        const char* end = memchr(rest.data, '&', rest.length);
        const uint64_t length = end == NULL ? rest.length : (uint64_t)(end - rest.data);
        if (length > name.length && rest.data[name.length] == '=' &&
            memcmp(rest.data, name.data, name.length) == 0) {
            const jackgw_str value = {rest.data + name.length + 1, length - name.length - 1};
            return value;
        }
        at += length + 1;
    }
    return nothing;
}

/* Addresses are 1 to 64 letters, digits, '-', '_' and '.'; capital letters count as small ones. */
static int normalize(jackgw_str address, char normalized[MAX_ADDRESS]) {
    if (address.length == 0 || address.length > MAX_ADDRESS) return 0;
    for (uint64_t i = 0; i < address.length; ++i) {
        char c = address.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.')) return 0;
        normalized[i] = c;
    }
    return 1;
}

static void answer(const jackgw_responder* responder, int32_t status, jackgw_str body) {
    const jackgw_str name = JACKGW_STR("Content-Type");
    const jackgw_str type = JACKGW_STR("text/plain; charset=utf-8");
    responder->set_status(responder->target, status);
    responder->add_header(responder->target, name, type);
    responder->write(responder->target, body);
}

static jackgw_status handle_message(jackgw_plugin* plugin, uint64_t tag, const jackgw_request* request,
                                    const jackgw_responder* responder) {
    const jackgw_str from_name = JACKGW_STR("from");
    const jackgw_str id_name = JACKGW_STR("id");
    const jackgw_str us = JACKGW_STR("echo");
    const jackgw_str complaint = JACKGW_STR("'from' and 'id' are required in the query; 'from' is a name\n");
    const jackgw_str id = query_value(request->query, id_name);
    char address[MAX_ADDRESS];
    const jackgw_str from = query_value(request->query, from_name);
    (void)tag;
    if (id.length == 0 || !normalize(from, address)) {
        answer(responder, 400, complaint);
        return JACKGW_OK;
    }

    jackgw_inbound message = {0};
    jackgw_received received = {sizeof(received), 0};
    message.struct_size = sizeof(message);
    message.provider_message_id = id;
    message.from.data = address;
    message.from.length = from.length;
    message.to = us;
    message.content = request->body;
    message.received_at = request->received_at;
    const jackgw_sink no_sink = {NULL, NULL};
    const jackgw_status status = plugin->conversations->receive(plugin->host, &message, &received, no_sink);
    if (status != JACKGW_OK)
        return status; /* nothing was stored: the host answers 500 or 503, the caller comes again */

    const jackgw_str prefix = {plugin->prefix, plugin->prefix_length};
    answer(responder, 200, prefix);
    responder->write(responder->target, request->body);
    return JACKGW_OK;
}

static jackgw_status normalize_address(jackgw_plugin* plugin, jackgw_str address, jackgw_sink normalized,
                                       jackgw_sink error) {
    const jackgw_str complaint = JACKGW_STR("an echo address is 1 to 64 letters, digits, '-', '_' and '.'");
    char buffer[MAX_ADDRESS];
    (void)plugin;
    if (!normalize(address, buffer)) {
        jackgw_put(error, complaint);
        return JACKGW_E_INVALID_ARGUMENT;
    }
    const jackgw_str result = {buffer, address.length};
    jackgw_put(normalized, result);
    return JACKGW_OK;
}

static void refuse(jackgw_mapped_sink result, const char* field, const char* code, const char* message) {
    jackgw_problem problem = {0};
    problem.struct_size = sizeof(problem);
    problem.field = str(field);
    problem.code = str(code);
    problem.message = str(message);
    result.refuse(result.target, &problem);
}

static jackgw_status map(jackgw_plugin* plugin, const jackgw_draft* draft, jackgw_mapped_sink result) {
    char address[MAX_ADDRESS];
    (void)plugin;
    const int preview = (draft->flags & JACKGW_DRAFT_PREVIEW) != 0;
    if (!preview && !normalize(draft->to, address)) {
        refuse(result, "to", "INVALID_ADDRESS",
               "an echo address is 1 to 64 letters, digits, '-', '_' and '.'");
        return JACKGW_OK;
    }
    if (draft->media_urls.count > 0) {
        refuse(result, "mediaUrls", "MEDIA_NOT_SUPPORTED", "the echo channel sends text only");
        return JACKGW_OK;
    }
    if (draft->content.length == 0) {
        refuse(result, "content", "EMPTY_MESSAGE", "the message has no text");
        return JACKGW_OK;
    }
    jackgw_mapped mapped = {0};
    mapped.struct_size = sizeof(mapped);
    if (!preview) {
        mapped.to.data = address;
        mapped.to.length = draft->to.length;
    }
    mapped.from = str("echo");
    mapped.content = draft->content;
    mapped.encoding = str("UTF-8");
    mapped.units = (uint32_t)draft->content.length;
    mapped.segments = 1;
    mapped.parts.items = &draft->content;
    mapped.parts.count = 1;
    result.put(result.target, &mapped);
    return JACKGW_OK;
}

static jackgw_status send(jackgw_plugin* plugin, const jackgw_outgoing* message, jackgw_outcome_sink outcome,
                          jackgw_sink error) {
    char id[32];
    (void)message;
    (void)error;
    snprintf(id, sizeof(id), "echo-%llu", (unsigned long long)(atomic_fetch_add(&plugin->sent, 1) + 1));
    jackgw_outcome accepted = {0};
    accepted.struct_size = sizeof(accepted);
    accepted.kind = JACKGW_OUTCOME_ACCEPTED;
    accepted.provider_message_id = str(id);
    accepted.provider_status = str("delivered");
    accepted.delivery = JACKGW_DELIVERY_DELIVERED;
    accepted.retry_after_ms = -1;
    outcome.put(outcome.target, &accepted);
    return JACKGW_OK;
}

static jackgw_status check_health(jackgw_plugin* plugin, jackgw_sink reason) {
    (void)plugin;
    (void)reason;
    return JACKGW_OK;
}

static void destroy(jackgw_plugin* plugin) {
    free(plugin->prefix);
    free(plugin);
}

static int find_extensions(jackgw_plugin* plugin, const jackgw_create_args* args) {
    plugin->log = args->api->get_extension(args->host, str(JACKGW_EXT_LOG));
    plugin->router = args->api->get_extension(args->host, str(JACKGW_EXT_ROUTER));
    plugin->conversations = args->api->get_extension(args->host, str(JACKGW_EXT_CONVERSATIONS));
    return plugin->log != NULL && plugin->router != NULL && plugin->conversations != NULL;
}

static int take_options(jackgw_plugin* plugin, const jackgw_create_args* args) {
    const jackgw_str key = JACKGW_STR("prefix");
    jackgw_str prefix = JACKGW_STR_EMPTY;
    for (uint64_t i = 0; i < args->options.count; ++i)
        if (equals(args->options.items[i].name, key)) prefix = args->options.items[i].value;
    plugin->prefix = malloc(prefix.length + 1); /* the view ends with this call */
    if (plugin->prefix == NULL) return 0;
    if (prefix.length > 0) memcpy(plugin->prefix, prefix.data, prefix.length);
    plugin->prefix_length = prefix.length;
    return 1;
}

static jackgw_status create(const jackgw_create_args* args, jackgw_plugin** out, jackgw_sink error) {
    const jackgw_str too_old = JACKGW_STR("the host lacks an extension that the echo channel needs");
    const jackgw_str no_memory = JACKGW_STR("out of memory");
    jackgw_plugin* plugin = calloc(1, sizeof(*plugin));
    if (plugin == NULL || !take_options(plugin, args)) {
        free(plugin);
        jackgw_put(error, no_memory);
        return JACKGW_E_FAILED;
    }
    plugin->host = args->host;
    if (!find_extensions(plugin, args)) {
        destroy(plugin);
        jackgw_put(error, too_old);
        return JACKGW_E_NOT_SUPPORTED;
    }

    jackgw_route route = {0};
    route.struct_size = sizeof(route);
    route.methods = JACKGW_METHOD_POST;
    route.path = str("/webhooks/echo/message");
    route.handle = handle_message;
    plugin->mapper.struct_size = sizeof(plugin->mapper);
    plugin->mapper.capabilities = JACKGW_CAPABILITY_TEXT;
    plugin->mapper.unit_name = str("bytes");
    plugin->mapper.normalize_address = normalize_address;
    plugin->mapper.map = map;
    plugin->sender.struct_size = sizeof(plugin->sender);
    plugin->sender.send = send;
    plugin->health.struct_size = sizeof(plugin->health);
    plugin->health.check = check_health;
    jackgw_status status = plugin->router->add_route(args->host, &route, error);
    if (status == JACKGW_OK) status = plugin->router->set_sender(args->host, &plugin->sender, error);
    if (status == JACKGW_OK) status = plugin->conversations->set_mapper(args->host, &plugin->mapper, error);
    if (status != JACKGW_OK) {
        destroy(plugin);
        return status;
    }
    *out = plugin;
    return JACKGW_OK;
}

static const void* get_extension(jackgw_plugin* plugin, jackgw_str id) {
    return equals(id, str(JACKGW_EXT_HEALTH)) ? &plugin->health : NULL;
}

static const jackgw_option options[] = {
    {JACKGW_STR("prefix"), JACKGW_OPTION_STRING, 0, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY,
     JACKGW_STR("A text that is put before each answer"), 0, 0},
};

const jackgw_plugin_entry_v1 jackgw_plugin_entry = {
    JACKGW_PLUGIN_MAGIC,
    sizeof(jackgw_plugin_entry_v1),
    1, /* the ABI that this plugin was written for, … */
    0, /* … and the least minor version of the host that it needs */
    JACKGW_STR("jackgw-echo"),
    JACKGW_STR("1.0.0"),
    JACKGW_STR("Answers what it gets"),
    {options, sizeof(options) / sizeof(options[0]), sizeof(jackgw_option)},
    create,
    NULL, /* start: nothing to do */
    NULL, /* quiesce */
    NULL, /* stop */
    destroy,
    get_extension,
};
