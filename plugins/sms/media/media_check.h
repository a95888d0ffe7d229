#pragma once

#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/media.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sms/media/media_fetch.h"

namespace jackgw::sms {

/// What a server says of a medium without sending it.
struct MediaFacts {
    std::int32_t status = 0;
    std::string content_type;             ///< empty: not told
    std::optional<std::uint64_t> length;  ///< bytes
};

/// Adds up what is known of the media of one message and says what Twilio would refuse (Twilio's
/// documentation of the Messages resource). Pure.
class MediaJudge {
  public:
    std::optional<plugin::MediaProblem> judge(std::string_view url, const MediaFacts& facts);

  private:
    std::uint64_t bytes_ = 0;
};

/// Asks the servers of media that are to be sent, each by a HEAD request to public addresses only: Twilio
/// would find faults too, but after the message has been accepted. Safe from any thread.
class MediaChecker {
  public:
    /// `insecure`: plain http and this machine may be asked, too, as with a simulator.
    MediaChecker(bool insecure, const plugin::HttpClient& client, Elapsed elapsed);

    std::optional<plugin::MediaProblem> check(jackgw_strs urls) const;

  private:
    std::optional<plugin::MediaProblem> ask(std::string_view url, std::chrono::milliseconds deadline,
                                            MediaFacts& facts) const;

    const bool insecure_;
    const plugin::HttpClient client_;
    const Elapsed elapsed_;
};

}  // namespace jackgw::sms
