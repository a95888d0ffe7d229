/// jackgw.media/1 in C++: a table made of two member functions.
#pragma once

#include <jackgw/cpp/guard.h>
#include <jackgw/cpp/router.h>
#include <jackgw/ext/media.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::plugin {

/// Why media can't be sent.
struct MediaProblem {
    std::string code;  ///< UPPER_SNAKE_CASE
    std::string message;
};

/// The host's sink for a medium. Valid for the call that it was passed to.
class MediaSink {
  public:
    explicit MediaSink(const jackgw_media_sink& sink) : sink_(sink) {}

    /// False: no more is wanted.
    bool head(std::string_view content_type, std::optional<std::uint64_t> length) const {
        jackgw_media_head raw{};
        raw.struct_size = sizeof raw;
        raw.content_type = str(content_type);
        raw.length = length ? static_cast<std::int64_t>(*length) : -1;
        return sink_.head(sink_.target, &raw) != 0;
    }
    bool body(std::string_view piece) const { return sink_.body(sink_.target, str(piece)) != 0; }

  private:
    jackgw_media_sink sink_;
};

/// The table for an instance whose members are
///
///     std::optional<MediaProblem> check_media(jackgw_strs urls);
///     void fetch_media(const jackgw_media_request& request, const MediaSink& sink);
///
/// What they throw, best a Failure with its status, becomes the answer.
template <auto Check, auto Fetch>
constexpr jackgw_media_access make_media_access() {
    using Plugin = typename ClassOf<decltype(Check)>::Type;
    struct Functions {
        static jackgw_status check(Plugin* plugin, jackgw_strs urls, jackgw_problem_sink sink,
                                   jackgw_sink error) noexcept {
            return guard(error, [&] {
                const auto problem = (plugin->*Check)(urls);
                if (!problem) return;
                jackgw_problem raw{};
                raw.struct_size = sizeof raw;
                raw.field = str("mediaUrls");
                raw.code = str(problem->code);
                raw.message = str(problem->message);
                sink.put(sink.target, &raw);
            });
        }
        static jackgw_status fetch(Plugin* plugin, const jackgw_media_request* request,
                                   jackgw_media_sink sink, jackgw_sink error) noexcept {
            return guard(error, [&] { (plugin->*Fetch)(*request, MediaSink(sink)); });
        }
    };
    return {sizeof(jackgw_media_access), 0, &Functions::check, &Functions::fetch};
}

}  // namespace jackgw::plugin
