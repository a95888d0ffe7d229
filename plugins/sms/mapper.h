#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sms/segments.h"

namespace jackgw::sms {

/// The provider's limits for one message.
inline constexpr std::uint32_t longest_content = 1600;  ///< UTF-16 code units (error 21617)
inline constexpr std::uint32_t most_media = 10;         ///< (error 21623)

/// A message as a caller wants it. All views.
struct Draft {
    bool preview = false;  ///< look at content and media only
    std::string_view to{};
    std::string_view from{};  ///< empty: the channel's default
    std::string_view content{};
    std::vector<std::string_view> media_urls{};
};

/// The message as it would be sent.
struct Mapped {
    std::string to;
    std::string from;
    std::string content;
    Segmented text;
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
    /// `default_sender`: a number in E.164 or a service's SID. `insecure_media`: http URLs are allowed, too.
    Mapper(std::string default_sender, bool insecure_media);

    std::variant<Mapped, Problem> map(const Draft& draft) const;

  private:
    std::string default_sender_;
    bool insecure_media_;
};

/// What is wrong with a recipient, in words.
std::string not_a_number(std::string_view typed);

}  // namespace jackgw::sms
