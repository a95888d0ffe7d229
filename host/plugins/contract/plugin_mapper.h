#pragma once

#include "model/channel.h"
#include "plugins/generation.h"

namespace jackgw::plugins {

/// The mapper of a channel's live generation, over the contract. Holds a lease: keep it for one piece of
/// work.
class PluginMapper final : public Mapper {
  public:
    /// The generation must have registered a mapper.
    explicit PluginMapper(Lease lease) : lease_(std::move(lease)) {}

    std::variant<Mapped, Problem> map(const Draft& draft) const override;
    std::variant<std::string, Problem> normalize_address(std::string_view address) const override;

  private:
    Lease lease_;
};

}  // namespace jackgw::plugins
