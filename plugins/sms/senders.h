#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// What a message can be sent from.
enum class SenderKind {
    number,      ///< in E.164
    short_code,  ///< three to eight digits
    name,        ///< alphanumeric: guests can't answer it
    service      ///< a messaging service: it chooses among its numbers
};

/// Nothing if a text can't be a sender. Names have at most eleven letters, digits, spaces, '+', '-', '_' and
/// '&', at least one letter among them, and here don't begin
/// with '+', as mistyped numbers do
/// (https://www.twilio.com/docs/messaging/services/api/alphasender-resource).
std::optional<SenderKind> sender_kind(std::string_view text);

/// The senders of a channel: its number and its service, and those that the operator lists beside them.
class Senders {
  public:
    struct Listed {
        std::string sender;
        std::string account_sid;  ///< whose it is
        std::string service{};    ///< a number: the messaging service that it belongs to; may be empty
    };

    /// `number` or `service` may be empty. `account_sid`: whose they are, and any sender that isn't known.
    Senders(std::string account_sid, std::string number, std::string service,
            std::vector<Listed> listed = {});

    /// The sender of messages that name none: the service, else the number, else the first that is listed;
    /// empty if there is none at all.
    const std::string& default_sender() const;

    bool is_known(std::string_view sender) const;
    /// True if a guest who wrote to `ours` is answered from it: a listed sender, or the default one. The
    /// channel's own number isn't where the channel has a service: that speaks for it.
    bool answers_from(std::string_view ours) const;

    /// The one of ours that a guest is answered from who wrote to `to` by way of `service` (which may be
    /// empty), where that isn't `to` itself: the service that owns the number. Empty: `to`, or it isn't
    /// known.
    std::string_view reply_from(std::string_view to, std::string_view service) const;

    /// The SID of the account that sends for `sender`. A number that isn't known is taken to be one of the
    /// default sender's pool.
    const std::string& account_of(std::string_view sender) const;

    /// Our addresses that a consent holds for (Twilio's documentation of opt-out keywords): both of those
    /// that the provider names (either may be empty), and with a service all numbers that are configured as
    /// its own, since an opt-out of a service is one of all its numbers. Where nothing is named, the default
    /// sender, or the senders of `account_sid` where that is another account. At least one, each once. Views
    /// of the arguments and of this.
    std::vector<std::string_view> scopes(std::string_view number, std::string_view service,
                                         std::string_view account_sid) const;

    const std::vector<Listed>& listed() const { return listed_; }
    const std::string& number() const { return number_; }
    const std::string& service() const { return service_; }

  private:
    const Listed* find_listed(std::string_view sender) const;

    std::string account_sid_;
    std::string number_;
    std::string service_;
    std::vector<Listed> listed_;
};

}  // namespace jackgw::sms
