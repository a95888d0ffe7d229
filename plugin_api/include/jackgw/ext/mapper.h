/* The mapper: a channel's knowledge of addresses, lengths and media, registered with jackgw.conversations/1.
 */
#ifndef JACKGW_EXT_MAPPER_H
#define JACKGW_EXT_MAPPER_H

#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a channel can do, or-ed. */
enum {
    JACKGW_CAPABILITY_TEXT = 1u << 0,
    JACKGW_CAPABILITY_MEDIA = 1u << 1,
    JACKGW_CAPABILITY_DELIVERY_STATUS = 1u << 2,
    JACKGW_CAPABILITY_READ_STATUS = 1u << 3
};

enum {
    /* Only look at content and media: `to` and `from` are ignored. */
    JACKGW_DRAFT_PREVIEW = 1u << 0
};

/* A message as a caller wants it sent. */
typedef struct jackgw_draft {
    uint32_t struct_size;
    uint32_t flags;     /* JACKGW_DRAFT_… */
    jackgw_str to;      /* as typed */
    jackgw_str from;    /* as typed; empty: the channel's default sender */
    jackgw_str content; /* valid UTF-8 without NUL */
    jackgw_strs media_urls;
    /* Ours that the guest last wrote to or was last answered from; empty: not known. Where `from` is empty
     * the channel answers from it, as long as it is an address to send from. */
    jackgw_str reply_from;
} jackgw_draft;

/* The most messages that one text may become: more would bury the guest. */
#define JACKGW_MAX_PIECES 100u

/* One of the messages that a long text becomes. */
typedef struct jackgw_piece {
    jackgw_str content;
    jackgw_str encoding;
    uint32_t units;
    uint32_t segments;
} jackgw_piece;

/* What would be sent. Texts are valid UTF-8 without NUL; `to` and `from` aren't empty but for a preview, and
 * no list has more than 10,000 items. What breaks this is refused as a whole. Warnings are for people:
 * malformed ones are repaired, and cut at 4 KiB. */
typedef struct jackgw_mapped {
    uint32_t struct_size;
    uint32_t truncated; /* 1: content was cut to fit */
    jackgw_str to;      /* normalised: the same recipient always reads the same */
    jackgw_str from;    /* the sender that will be used; lanes and rates are kept for each */
    jackgw_str content;
    jackgw_str encoding; /* e.g. "GSM-7" */
    uint32_t units;      /* length in units of the encoding */
    uint32_t segments;   /* what it costs; at least 1 */
    jackgw_strs parts;   /* the texts as the phone would get them */
    jackgw_strs warnings;

    /* A text that is too long for one message may go as several, at least 2, in this order, which the host
     * keeps together: the members above then describe the whole, media go with the first. NULL and 0: it is
     * one message. The host refuses a text of more than JACKGW_MAX_PIECES as too long. */
    const jackgw_piece* pieces;
    uint32_t piece_count;
    uint32_t piece_size; /* sizeof(jackgw_piece) where it was compiled: the stride of the array */

    /* Characters that the provider replaces on its way, each once: as written, as sent. The members above
     * describe the text as it is sent then, but for `content`. */
    jackgw_pairs replacements;
    uint32_t code_points; /* length of the content in Unicode code points; 0: not told */
    uint32_t reserved;
} jackgw_mapped;

/* Why a draft can't be sent; for people, likewise. */
typedef struct jackgw_problem {
    uint32_t struct_size;
    uint32_t reserved;
    jackgw_str field;   /* "to", "from", "content" or "mediaUrls" */
    jackgw_str code;    /* UPPER_SNAKE_CASE, e.g. "INVALID_NUMBER" */
    jackgw_str message; /* what is wrong with which value, and what to do */
} jackgw_problem;

/* Takes the result of `map`: exactly one of the two functions is called, once, and copies what it gets. */
typedef struct jackgw_mapped_sink {
    struct jackgw_mapped_target* target; /* the host's; passed back untouched */
    void (*put)(struct jackgw_mapped_target* target, const jackgw_mapped* mapped);
    void (*refuse)(struct jackgw_mapped_target* target, const jackgw_problem* problem);
} jackgw_mapped_sink;

/* All functions are pure: no I/O, no state that a call changes. */
typedef struct jackgw_mapper {
    uint32_t struct_size;
    uint32_t capabilities; /* JACKGW_CAPABILITY_… */
    uint32_t max_units;    /* longest content in units of `unit_name`; 0: no limit */
    uint32_t max_media;
    jackgw_str unit_name; /* e.g. "UTF-16 code units" */

    /* Brings an address into the form in which it is stored: the same for every way to write it.
     * JACKGW_E_INVALID_ARGUMENT: not an address of this channel; the error sink says why. [any-thread] from
     * the end of `create` until `stop` */
    jackgw_status (*normalize_address)(jackgw_plugin* plugin, jackgw_str address, jackgw_sink normalized,
                                       jackgw_sink error);

    /* Says how a draft would be sent, or why it can't. JACKGW_OK in both cases. [any-thread] likewise */
    jackgw_status (*map)(jackgw_plugin* plugin, const jackgw_draft* draft, jackgw_mapped_sink result);
} jackgw_mapper;

#ifdef __cplusplus
}
#endif

#endif
