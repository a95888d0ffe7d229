#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "clock.h"
#include "message.h"

namespace jackgw::sms::simulator {

/// What a list of messages is narrowed to, and which page of it is wanted.
struct MessageFilter {
    std::string to{}, from{};
    std::optional<Time> sent_from{}, sent_before{};  // either hides what isn't sent yet
    std::string after_sid{};                         // the page begins behind this message
    std::size_t limit = 50;
};

struct MessagePage {
    std::vector<Message> messages;  // latest first
    bool more = false;
};

/// The account's messages and its opt-out list. Safe from any thread; every operation is atomic. Values go in
/// and out: nothing here is shared with a caller.
class Account {
  public:
    /// Told of every change while the account is locked, so in order; it must not call back.
    struct Observer {
        virtual ~Observer() = default;
        virtual void message_changed(const Message& message) = 0;
        virtual void message_removed(const std::string& sid) = 0;
        virtual void opt_out_changed(const std::string& sender, const std::string& guest, bool opted_out) = 0;
    };
    enum class Change { done, not_found, refused };

    /// `observer` may be null; it must outlive the account.
    Account(const Clock& clock, Observer* observer);

    /// Keeps the message and stamps its creation.
    Message add(Message message);
    /// Puts back what an earlier run had; observers are not told.
    void restore(Message message);
    void restore_opt_out(const std::string& sender, const std::string& guest);

    /// How long after its creation a message appears in lists: the provider's are late, too.
    void set_list_delay(std::chrono::milliseconds delay);

    std::optional<Message> find(const std::string& sid) const;
    MessagePage list(const MessageFilter& filter) const;
    /// All messages to or from a number (empty: of everybody), oldest first.
    std::vector<Message> with(const std::string& number) const;

    /// Moves the message on. Nothing if it is gone or was canceled.
    std::optional<Message> advance(const std::string& sid, Status status, std::optional<int> error_code,
                                   const std::string& from = {});
    /// Only while it is scheduled.
    Change cancel(const std::string& sid);
    /// Empties the body; only when nothing more will happen to the message.
    Change redact(const std::string& sid);
    Change remove(const std::string& sid);

    /// `sender` is one of our numbers or a messaging service.
    void set_opt_out(const std::string& sender, const std::string& guest, bool opted_out);
    bool is_opted_out(const std::string& sender, const std::string& guest) const;
    std::set<std::pair<std::string, std::string>> opt_outs() const;

  private:
    void keep(Message message);

    const Clock& clock_;
    Observer* const observer_;
    mutable std::mutex mutex_;
    std::map<std::uint64_t, Message> messages_;  // by the order of their making
    std::map<std::string, std::uint64_t> by_sid_;
    std::set<std::pair<std::string, std::string>> opt_outs_;
    std::uint64_t next_ = 1;
    std::chrono::milliseconds list_delay_{0};
};

}  // namespace jackgw::sms::simulator
