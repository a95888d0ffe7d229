/* jackgw.health/1: offered by a plugin through its get_extension. */
#ifndef JACKGW_EXT_HEALTH_H
#define JACKGW_EXT_HEALTH_H

#include <jackgw/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JACKGW_EXT_HEALTH "jackgw.health/1"

typedef struct jackgw_health {
    uint32_t struct_size;
    uint32_t reserved;

    /* Says whether the instance can do its work as far as it knows, without I/O and at once. Anything but
     * JACKGW_OK: it can't, and `reason` says why in words for the operator. [any-thread] running */
    jackgw_status (*check)(jackgw_plugin* plugin, jackgw_sink reason);
} jackgw_health;

#ifdef __cplusplus
}
#endif

#endif
