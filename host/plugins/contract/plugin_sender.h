#pragma once

#include "model/channel.h"
#include "plugins/generation.h"

namespace jackgw::plugins {

/// The sender of a channel's live generation, over the contract. Holds a lease: keep it for one message.
class PluginSender final : public Sender {
  public:
    /// The generation must have registered a sender.
    explicit PluginSender(Lease lease) : lease_(std::move(lease)) {}

    Outcome send(const Outgoing& message) override;
    LookUpResult look_up(const SentMessage& message) override;
    ReconcileResult reconcile(const DoubtfulAttempt& attempt) override;
    std::string account_of(std::string_view sender) override;

  private:
    Lease lease_;
};

}  // namespace jackgw::plugins
