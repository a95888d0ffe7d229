#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sms/senders.h"
#include "sms/text/composition.h"

namespace jackgw::sms {

/// The provider's limit for one message (error 21623).
inline constexpr std::uint32_t most_media = 10;

/// A message as a caller wants it. All views.
struct Draft {
    bool preview = false;  ///< look at content and media only
    std::string_view to{};
    std::string_view from{};  ///< empty: the channel's default
    std::string_view content{};
    std::vector<std::string_view> media_urls{};
    std::string_view reply_from{};  ///< ours that the guest is to be answered from; empty: not known
};

/// The message as it would be sent.
struct Mapped : Composed {
    std::string to;
    std::string from;
};

/// Why it can't be sent.
struct Problem {
    std::string_view field;  ///< as the API names it
    std::string_view code;   ///< UPPER_SNAKE_CASE
    std::string message;
};

/// Turns drafts into messages of this channel. Pure; safe from any thread.
class Mapper {
  public:
    /// `insecure_media`: http URLs are allowed, too. `default_region`: two upper-case letters, where numbers
    /// without country code belong; empty: nowhere.
    Mapper(Senders senders, bool insecure_media, std::string default_region = {}, TextRules rules = {});

    std::variant<Mapped, Problem> map(const Draft& draft) const;

    /// The address in the form in which a guest's is stored. What has that form passes, possible or not: a
    /// guest may have written from it. Throws plugin::Failure for what is no number.
    std::string normalize_address(std::string_view typed) const;

  private:
    Senders senders_;
    bool insecure_media_;
    std::string default_region_;
    TextRules rules_;
};

}  // namespace jackgw::sms
