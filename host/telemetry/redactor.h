#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::telemetry {

/// Takes out of a text what must not be in a log: known secrets and phone numbers. Safe from any thread.
///
/// Secrets come in groups, one for each place that owns some (the config, each channel): a group is replaced
/// as a whole, and a text is scrubbed by one consistent set.
class Redactor {
  public:
    /// Shorter secrets are not kept: they would tear up ordinary words.
    static constexpr std::size_t shortest_secret = 6;
    static constexpr std::string_view replacement = "[secret]";

    Redactor();

    /// Replaces the secrets of a group; an empty list removes it.
    void set_secrets(const std::string& group, std::vector<std::string> secrets);

    /// Replaces every secret, overlapping ones as one.
    std::string scrub(std::string_view text) const;

    /// scrub(), then phone numbers masked.
    std::string redact(std::string_view text) const;

  private:
    using Secrets = std::vector<std::string>;
    std::shared_ptr<const Secrets> snapshot() const;

    mutable std::mutex mutex_;
    std::map<std::string, Secrets> groups_;
    std::shared_ptr<const Secrets> secrets_;  ///< of all groups, never changed once it is here
};

}  // namespace jackgw::telemetry
