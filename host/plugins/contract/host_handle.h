#pragma once

#include <jackgw/ext/mapper.h>
#include <jackgw/ext/reconcile.h>
#include <jackgw/ext/router.h>
#include <jackgw/ext/sender.h>
#include <jackgw/plugin.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "plugins/services.h"

namespace jackgw::plugins {

/// Where an instance is in its life; plugin.h says what each state means.
enum class Phase { creating, created, running, draining, stopped };

struct Route {
    std::string path;
    std::uint32_t methods = 0;
    std::uint64_t tag = 0;
    jackgw_route_handler handle = nullptr;
};

/// What a plugin registered in `create`. Not changed afterwards, so that workers read it without a lock.
struct Registrations {
    std::vector<Route> routes;
    const jackgw_sender* sender = nullptr;
    const jackgw_mapper* mapper = nullptr;
    const jackgw_reconciler* reconciler = nullptr;

    const Route* find(std::string_view path) const;
};

}  // namespace jackgw::plugins

/// The host as one generation of a plugin sees it: the plugin gets a pointer to it and can't look inside. The
/// extensions' functions get it back as their first argument.
struct jackgw_host {
    const jackgw::plugins::HostServices& services;
    std::string channel;
    /// True if a route's path belongs to another channel.
    std::function<bool(std::string_view path)> taken_elsewhere;
    std::thread::id control_thread;
    std::atomic<jackgw::plugins::Phase> phase{jackgw::plugins::Phase::creating};
    jackgw::plugins::Registrations registrations;
};
