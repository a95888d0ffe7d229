#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace jackgw::sms {

/// Of what a fault keeps all messages.
enum class FaultScope { channel, account, sender };

/// What keeps messages from getting through until somebody acts: the latest of the channel, of each account
/// and of each sender, for the channel's health. Safe from any thread.
class Faults {
  public:
    /// `whose`: the sender, or the account's SID; empty for the channel.
    void note(FaultScope scope, std::string_view whose, std::string text);
    void clear(FaultScope scope, std::string_view whose);

    /// All of them, the widest first, with a semicolon between; empty: nothing that is known of.
    std::string text() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::pair<FaultScope, std::string>, std::string> faults_;
};

}  // namespace jackgw::sms
