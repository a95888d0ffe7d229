#include "plugins/generation.h"

#include "plugins/contract/call.h"
#include "plugins/contract/extensions.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::plugins {

namespace {

PluginError failure(const std::string& plugin, const std::string& what, const std::string& reason) {
    return PluginError("plugin " + plugin + " " + what +
                       (reason.empty() ? ": it gave no reason" : ": " + reason));
}

}  // namespace

Generation::Generation(std::unique_ptr<Library> library, Settings settings, const HostServices& services)
    : library_(std::move(library)),
      entry_(&library_->entry()),
      number_(settings.number),
      plugin_id_(view(entry_->id)),
      plugin_version_(view(entry_->version)),
      min_host_minor_(entry_->min_host_minor),
      options_(std::move(settings.options)),
      host_{services,
            std::move(settings.channel),
            std::move(settings.taken_elsewhere),
            std::this_thread::get_id(),
            {},
            {}} {
    for (const auto& [key, value] : options_) option_views_.push_back({to_c(key), to_c(value)});
    jackgw_create_args args{};
    args.struct_size = sizeof(args);
    args.host = &host_;
    args.api = &host_api;
    args.channel = to_c(host_.channel);
    args.public_url = to_c(services.public_url);
    args.options = {option_views_.data(), option_views_.size()};
    jackgw_plugin* instance = nullptr;
    const CallResult result =
        call_plugin(entry_->create, static_cast<const jackgw_create_args*>(&args), &instance);
    if (!result.ok()) throw failure(plugin_id_, "could not be created", result.error);
    if (instance == nullptr) throw failure(plugin_id_, "could not be created", "create gave no instance");
    instance_ = instance;
    host_.phase = Phase::created;
}

Generation::~Generation() {
    if (instance_ != nullptr) finish();
}

void Generation::start() {
    host_.phase = Phase::running;
    if (entry_->start != nullptr) {
        const CallResult result = call_plugin(entry_->start, instance_);
        if (!result.ok()) {
            host_.phase = Phase::stopped;
            throw failure(plugin_id_, "could not be started", result.error);
        }
    }
    started_ = true;
}

bool Generation::drain(std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    host_.phase = Phase::draining;
    if (entry_->quiesce != nullptr) {
        try {
            entry_->quiesce(instance_, std::chrono::microseconds(deadline).count());
        } catch (...) {
            host_.services.log.write(telemetry::Level::error, "the plugin threw an exception out of quiesce",
                                     {{"channel", host_.channel}});
        }
    }
    std::unique_lock lock(mutex_);
    return idle_.wait_until(lock, until, [this] { return leases_ == 0; });
}

std::string Generation::finish() {
    try {
        if (started_ && entry_->stop != nullptr) entry_->stop(instance_);
        host_.phase = Phase::stopped;
        entry_->destroy(instance_);
    } catch (...) {
        host_.services.log.write(telemetry::Level::error,
                                 "the plugin threw an exception while it was stopped",
                                 {{"channel", host_.channel}});
    }
    instance_ = nullptr;
    entry_ = nullptr;
    return library_->close();
}

void Generation::when_idle(std::function<void()> idle) {
    {
        const std::lock_guard lock(mutex_);
        if (leases_ > 0) {
            when_idle_ = std::move(idle);
            return;
        }
    }
    idle();
}

const void* Generation::plugin_extension(std::string_view id) const {
    return entry_ == nullptr || entry_->get_extension == nullptr ? nullptr
                                                                 : entry_->get_extension(instance_, to_c(id));
}

int Generation::leases() const {
    const std::lock_guard lock(mutex_);
    return leases_;
}

void Generation::take_lease() {
    const std::lock_guard lock(mutex_);
    ++leases_;
}

void Generation::return_lease() noexcept {
    std::function<void()> idle;
    {
        const std::lock_guard lock(mutex_);
        if (--leases_ > 0) return;
        idle = std::exchange(when_idle_, nullptr);
        idle_.notify_all();
    }
    if (idle) idle();
}

Lease::Lease(std::shared_ptr<Generation> generation) : generation_(std::move(generation)) {
    generation_->take_lease();
}

Lease::~Lease() {
    if (generation_) generation_->return_lease();
}

}  // namespace jackgw::plugins
