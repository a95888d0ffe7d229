#pragma once

#include "base/time.h"

namespace jackgw::plugins {

/// For how long what this thread sends for a plugin is its host's: between the call of the plugin's `send`
/// and its return, each request that the plugin makes on the thread must end before. It belongs to the
/// thread, for the contract's http_client is not told which attempt a request is for.
class SendingLease {
  public:
    explicit SendingLease(BootTime ends) : before_(current()) { current() = ends; }
    ~SendingLease() { current() = before_; }
    SendingLease(const SendingLease&) = delete;
    SendingLease& operator=(const SendingLease&) = delete;

    /// BootTime::max() outside of any.
    static BootTime ends() { return current(); }

  private:
    static BootTime& current() {
        thread_local BootTime ends = BootTime::max();
        return ends;
    }

    const BootTime before_;
};

}  // namespace jackgw::plugins
