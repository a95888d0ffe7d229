#pragma once

#include <jackgw/cpp/reconcile.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sms/reconcile/message_list.h"

namespace jackgw::sms {

/// An attempt whose outcome is unknown, as it was sent. Times are microseconds since 1970 by the gateway's
/// clock.
struct DoubtfulAttempt {
    std::string from;
    std::string to;
    std::string content;
    std::int32_t media = 0;
    std::int64_t started_at = 0;
    std::int64_t ended_at = 0;
};

DoubtfulAttempt read_attempt(const jackgw_doubtful_attempt& attempt);

/// Between which moments of Twilio's clock a message of the attempt was created, if it was.
struct Window {
    std::int64_t begin;
    std::int64_t end;
};

Window window_of(const DoubtfulAttempt& attempt);

/// How far back a list is to be read, so that the whole window is in it, and a day more for lookalikes.
std::int64_t oldest_wanted(const DoubtfulAttempt& attempt);

/// True if nothing as late as `time` follows in a list that ends in this message, whether the list goes by
/// creation or by sending.
bool is_past(const ListedMessage& last, std::int64_t time);

/// True if Twilio could show the attempt's message so: sender, recipient, number of media and text are its
/// own, and it was made by a request. Of the text neither blanks at its end nor what smart encoding replaces
/// count: Twilio changes both, and who has the one text need not be sent the other.
bool could_be(const DoubtfulAttempt& attempt, const ListedMessage& message);

/// What lists show of an attempt. Not safe from several threads. Pure, but for whose messages are.
class Evidence {
  public:
    /// Says whether one of our attempts owns a message.
    using IsOwned = std::function<bool(const std::string& sid)>;

    Evidence(DoubtfulAttempt attempt, IsOwned is_owned);

    /// Each message counts once, however often it is shown; those to others don't.
    void add(const std::vector<ListedMessage>& messages);

    /// Taken or can't tell; nothing: no message that could be the attempt's is there.
    std::optional<plugin::Reconciled> verdict() const;

  private:
    const DoubtfulAttempt attempt_;
    const Window window_;
    const IsOwned is_owned_;
    std::set<std::string> seen_;
    std::vector<ListedMessage> candidates_;  // nobody's, in the window, and could be the attempt's
    std::vector<std::string> strangers_;     // nobody's, in the window, and look different
    std::vector<std::string> lookalikes_;    // nobody's, could be it, but for the time
};

}  // namespace jackgw::sms
