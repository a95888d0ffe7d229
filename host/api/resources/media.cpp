#include "api/resources/media.h"

#include "api/error.h"
#include "api/media_type.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

/// Whoever wrote to the hotel chose these bytes: a browser must neither guess their type nor let them do
/// anything, even if somebody opens the address in a tab.
http::Response head_of(std::string_view content_type, const std::string& name) {
    const MediaType type = media_type(content_type);
    http::Response head;
    head.headers = {
        {"Content-Type", std::string(type.name)},
        {"Content-Disposition", "attachment; filename=\"" + name + std::string(type.extension) + "\""},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "sandbox; default-src 'none'"},
        {"Cache-Control", "no-store"},
    };
    return head;
}

/// Passes a medium on to whoever has asked for it.
class Relay final : public MediaSink {
  public:
    /// `reported`: the type where the provider's answer names none.
    Relay(http::BodyWriter& writer, const std::string& reported, const std::string& name)
        : writer_(writer), reported_(reported), name_(name) {}

    bool head(const MediaHead& head) override {
        return writer_.begin(head_of(head.content_type.empty() ? reported_ : head.content_type, name_),
                             head.length);
    }
    bool body(std::string_view piece) override { return writer_.write(piece); }

  private:
    http::BodyWriter& writer_;
    const std::string& reported_;
    const std::string& name_;
};

ApiError to_error(const MediaResult& result) {
    using Kind = MediaResult::Kind;
    const std::string text =
        "The medium can't be had from the provider" + (result.message.empty() ? "" : ": " + result.message);
    switch (result.kind) {
        case Kind::refused:
            return {502, "MEDIA_REFUSED", text};
        case Kind::not_supported:
            return {502, "MEDIA_NOT_SUPPORTED", text};
        case Kind::too_large:
            return {502, "MEDIA_TOO_LARGE", text};
        case Kind::timed_out:
            return {504, "MEDIA_TIMEOUT", text};
        case Kind::unavailable:
            return unavailable("MEDIA_UNAVAILABLE", text);
        case Kind::complete:
        case Kind::given_up:
        case Kind::failed:
            break;
    }
    return {502, "MEDIA_FETCH_FAILED", text};
}

}  // namespace

MediaResource::MediaResource(store::Readers& readers, const ChannelDirectory& channels,
                             const MediaLimits& limits)
    : readers_(readers), channels_(channels), limits_(limits) {}

Routes MediaResource::routes() {
    return {
        {"GET", "/messages/{id}/media/{n}", Access::reader, [this](const Call& call) { return get(call); }}};
}

http::Response MediaResource::get(const Call& call) {
    const auto message = readers_.message(id_of(call, "message"), call.caller.scope);
    if (!message) throw not_found("There is no message of this id");
    const auto index = http::parse_decimal(call.path.at("n"));
    if (!index || *index >= message->media.size())
        throw not_found("The message has no medium of this index; it has " +
                        std::to_string(message->media.size()));
    if (message->direction == Direction::outbound)
        throw conflict(
            "OUTBOUND_MEDIA",
            "Only what a guest has sent is fetched; the hotel's own media are where their URLs say");
    auto access = channels_.media(message->channel);
    if (!access)
        throw unavailable("CHANNEL_UNAVAILABLE",
                          "The channel \"" + message->channel + "\" is not ready now; try again later");

    const Media& medium = message->media[static_cast<std::size_t>(*index)];
    MediaRequest request{static_cast<std::uint32_t>(*index),
                         medium.url,
                         medium.content_type,
                         message->provider_message_id,
                         message->raw,
                         limits_.max_bytes,
                         limits_.timeout};
    http::Response response;
    response.stream = [access = std::move(access), request = std::move(request),
                       name = message->id + "-" + std::to_string(*index)](
                          http::BodyWriter& writer) -> std::optional<http::Response> {
        Relay relay(writer, request.content_type, name);
        const MediaResult result = access->fetch(request, relay);
        if (result.kind == MediaResult::Kind::complete || result.kind == MediaResult::Kind::given_up)
            return std::nullopt;
        return to_error(result).response();
    };
    return response;
}

}  // namespace jackgw::api
