#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// What keeps messages of a sender from getting through until an operator acts; the latest of each sender,
/// for the channel's health. Safe from any thread.
class Faults {
  public:
    void note(std::string_view sender, std::string text);
    /// A message of the sender's got through.
    void clear(std::string_view sender);

    /// All of them, with a semicolon between; empty: nothing that is known of.
    std::string text() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string, std::less<>> by_sender_;
};

}  // namespace jackgw::sms
