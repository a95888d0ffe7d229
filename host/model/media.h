#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "model/problem.h"

namespace jackgw {

/// One of a guest's media that is to be fetched from the provider.
struct MediaRequest {
    std::uint32_t index = 0;  ///< its place in the message
    std::string url;
    std::string content_type;  ///< as it was reported
    std::string provider_message_id;
    NameValues raw;  ///< all that the message came with
    std::uint64_t max_bytes = 0;
    std::chrono::milliseconds timeout{0};  ///< for the whole
};

struct MediaHead {
    std::string content_type;  ///< empty: not told
    std::optional<std::uint64_t> length;
};

/// Takes a medium while it comes in: the head once, then pieces. False: no more is wanted.
class MediaSink {
  public:
    virtual ~MediaSink() = default;
    virtual bool head(const MediaHead& head) = 0;
    virtual bool body(std::string_view piece) = 0;
};

struct MediaResult {
    enum class Kind {
        complete,
        given_up,       ///< the sink wanted no more
        refused,        ///< it may not be fetched from where it is
        not_supported,  ///< the channel can't fetch media
        too_large,
        timed_out,
        unavailable,  ///< not possible for now
        failed,
    };

    Kind kind = Kind::failed;
    std::string message;  ///< for people, unless complete
};

/// A channel's way to media that are elsewhere. Asks over the network, so it blocks. Safe from any thread.
class MediaAccess {
  public:
    virtual ~MediaAccess() = default;

    /// What speaks against sending media with these URLs; nothing if all is well or the channel doesn't ask.
    virtual std::optional<Problem> check(const std::vector<std::string>& urls) = 0;

    /// Gets a medium into the sink. Unless the result is complete, the sink may have got the beginning of it.
    /// Never throws what isn't the sink's.
    virtual MediaResult fetch(const MediaRequest& request, MediaSink& sink) = 0;
};

}  // namespace jackgw
