#pragma once

#include <string>
#include <vector>

#include "account.h"
#include "errors.h"

namespace jackgw::sms::simulator {

/// The REST API's JSON (Twilio's documentation of the Messages resource): numbers as strings, dates by RFC
/// 2822, URIs with ".json", as text. Pure.
class Shapes {
  public:
    explicit Shapes(std::string account_sid);

    std::string message(const Message& message) const;
    /// For the control API: all of them in one object, each with its media's URLs, its status callback and
    /// the gateway's attempt that this names.
    std::string messages_with_media(const std::vector<Message>& messages) const;
    /// `query` is the list's own, without the paging parameters; `page` counts from 0.
    std::string message_page(const MessagePage& page, const std::string& query, std::size_t page_size,
                             std::size_t number) const;
    static std::string error(const ApiError& error);

    /// "/2010-04-01/Accounts/AC…"
    const std::string& base() const { return base_; }

  private:
    const std::string account_sid_;
    const std::string base_;
};

}  // namespace jackgw::sms::simulator
