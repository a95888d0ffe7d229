/* jackgw.log/1: the host's log. Plugins log through it and nowhere else. */
#ifndef JACKGW_EXT_LOG_H
#define JACKGW_EXT_LOG_H

#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_LOG "jackgw.log/1"

enum {
    JACKGW_LOG_DEBUG = 1,
    JACKGW_LOG_INFO = 2,
    JACKGW_LOG_WARNING = 3, /* something that the operator may want to look at */
    JACKGW_LOG_ERROR = 4    /* something that the operator has to look at */
};

typedef struct jackgw_log {
    uint32_t struct_size;
    uint32_t reserved;

    /* 1 if a message of this level would be written, else 0. [any-thread] in every state */
    int32_t (*enabled)(jackgw_host* host, int32_t level);

    /* Writes one line. The host adds time and channel, scrubs the secrets of the config and masks phone
     * numbers; what a guest wrote must not be passed all the same. [any-thread] in every state */
    void (*write)(jackgw_host* host, int32_t level, jackgw_str message);
} jackgw_log;

#ifdef __cplusplus
}
#endif

#endif
