#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// What Twilio takes as media (Twilio's documentation of the Messages resource).
inline constexpr std::uint64_t most_media_bytes = 5'242'880;  ///< of all media of a message
inline constexpr std::uint64_t most_other_bytes = 512'000;    ///< of one that isn't resized

/// True if Twilio accepts media of that type. Parameters and case don't matter.
bool is_accepted_type(std::string_view content_type);

/// True for the images that Twilio makes smaller where they must be.
bool is_resized_type(std::string_view content_type);

/// The type that a file name's extension stands for (in lower case, without its dot); empty: not known, so it
/// may be anything.
std::string_view type_of_extension(std::string_view extension);

/// A Content-Type without its parameters, in lower case.
std::string bare_type(std::string_view content_type);

/// What a Content-Length says; nothing if it is none.
std::optional<std::uint64_t> read_length(std::string_view content_length);

}  // namespace jackgw::sms
