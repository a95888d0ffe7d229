#include <catch2/catch.hpp>

#include "api/media_type.h"
#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;
using Kind = MediaResult::Kind;

namespace {

/// Takes a streamed answer apart.
class RecordingWriter final : public http::BodyWriter {
  public:
    bool begin(const http::Response& head, std::optional<std::uint64_t> told) override {
        ++begins;
        response = head;
        length = told;
        return wants;
    }
    bool write(std::string_view piece) override {
        response.body += piece;
        return wants;
    }

    bool wants = true;
    int begins = 0;
    http::Response response;
    std::optional<std::uint64_t> length;
};

/// A guest's message with two media.
struct MediaHouse : House {
    MediaHouse() {
        Message& message = add_message(test::id_c, DeliveryState::pending);
        message.direction = Direction::inbound;
        message.provider_message_id = "MM1";
        message.raw = {{"AccountSid", "AC1"}, {"NumMedia", "2"}};
        message.media = {{"https://provider.example/1", "image/jpeg"},
                         {"https://provider.example/2", "text/vcard"}};
        serve({"image/png", 5}, {"by", "tes"}, {Kind::complete, ""});
    }

    void serve(const MediaHead& head, const std::vector<std::string>& pieces, const MediaResult& result) {
        channels.fake_media->on_fetch = [=](MediaSink& sink) {
            if (!sink.head(head)) return MediaResult{Kind::given_up, ""};
            for (const std::string& piece : pieces)
                if (!sink.body(piece)) return MediaResult{Kind::given_up, ""};
            return result;
        };
    }
    void fail(const MediaResult& result) {
        channels.fake_media->on_fetch = [=](MediaSink&) { return result; };
    }

    /// What the caller gets: the streamed answer, or what takes its place.
    Answer fetch(const std::string& index, const std::string& token = "reader-token") {
        Answer answer = call("GET", "/messages/" + test::id_c + "/media/" + index, "", {}, token);
        if (!answer.response.stream) return answer;
        auto instead = answer.response.stream(writer);
        return Answer(instead ? *std::move(instead) : writer.response);
    }

    RecordingWriter writer;
};

}  // namespace

TEST_CASE("A guest's medium is passed on with headers that keep it harmless") {
    MediaHouse house;
    const Answer answer = house.fetch("0");
    CHECK(answer.status == 200);
    CHECK(answer.response.body == "bytes");
    CHECK(house.writer.length == 5);
    CHECK(answer.header("Content-Type") == "image/png");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Content-Security-Policy") == "sandbox; default-src 'none'");
    CHECK(answer.header("Content-Disposition") == "attachment; filename=\"" + test::id_c + "-0.png\"");
    CHECK(answer.header("Cache-Control") == "no-store");

    REQUIRE(house.channels.fake_media->fetched.size() == 1);
    const MediaRequest& asked = house.channels.fake_media->fetched[0];
    CHECK(asked.index == 0);
    CHECK(asked.url == "https://provider.example/1");
    CHECK(asked.content_type == "image/jpeg");
    CHECK(asked.provider_message_id == "MM1");
    CHECK(asked.raw == NameValues{{"AccountSid", "AC1"}, {"NumMedia", "2"}});
    CHECK(asked.max_bytes == 16 * 1024 * 1024);
    CHECK(asked.timeout == std::chrono::seconds{30});
}

TEST_CASE("Where the provider names no type, what it once reported counts") {
    MediaHouse house;
    house.serve({"", std::nullopt}, {"card"}, {Kind::complete, ""});
    CHECK(house.fetch("1").header("Content-Type") == "text/vcard");
    CHECK_FALSE(house.writer.length);
}

TEST_CASE("Only types that travel in messages keep their name") {
    struct Row {
        const char* given;
        const char* name;
        const char* extension;
    };
    const auto row = GENERATE(values<Row>({
        {"image/jpeg", "image/jpeg", ".jpg"},
        {" Image/PNG ; name=\"x.svg\"", "image/png", ".png"},
        {"video/H264", "video/h264", ""},
        {"text/vcard; charset=utf-8", "text/vcard", ".vcf"},
        {"application/pdf", "application/pdf", ".pdf"},
        {"text/html", "application/octet-stream", ""},
        {"image/svg+xml", "application/octet-stream", ""},
        {"text/plain", "application/octet-stream", ""},
        {"application/javascript", "application/octet-stream", ""},
        {"image/jpeg, text/html", "application/octet-stream", ""},
        {"image/jpeg\r\nX: y", "application/octet-stream", ""},
        {"", "application/octet-stream", ""},
    }));
    CAPTURE(row.given);
    CHECK(api::media_type(row.given).name == row.name);
    CHECK(api::media_type(row.given).extension == row.extension);
}

TEST_CASE("What isn't there isn't asked for") {
    MediaHouse house;
    for (const char* index : {"2", "-1", "1.0", "x", "18446744073709551616", "%30x"}) {
        CAPTURE(index);
        CHECK(house.fetch(index).status == 404);
    }
    CHECK(house.get("/messages/" + test::unknown_id + "/media/0").status == 404);
    CHECK(house.get("/messages/no-id/media/0").status == 404);
    CHECK(house.call("POST", "/messages/" + test::id_c + "/media/0").status == 405);
    CHECK(house.channels.fake_media->fetched.empty());
}

TEST_CASE("The hotel's own media aren't fetched") {
    MediaHouse house;
    house.store.all_messages.back().direction = Direction::outbound;
    const Answer answer = house.fetch("0");
    CHECK(answer.status == 409);
    CHECK(answer.code() == "OUTBOUND_MEDIA");
    CHECK(house.channels.fake_media->fetched.empty());
}

TEST_CASE("A channel that isn't ready is said to be so") {
    MediaHouse house;
    house.channels.ready.clear();
    const Answer answer = house.fetch("0");
    CHECK(answer.status == 503);
    CHECK(answer.code() == "CHANNEL_UNAVAILABLE");
}

TEST_CASE("What goes wrong at the provider is told with its reason") {
    struct Row {
        Kind kind;
        int status;
        const char* code;
    };
    const auto row = GENERATE(values<Row>({
        {Kind::refused, 502, "MEDIA_REFUSED"},
        {Kind::not_supported, 502, "MEDIA_NOT_SUPPORTED"},
        {Kind::too_large, 502, "MEDIA_TOO_LARGE"},
        {Kind::timed_out, 504, "MEDIA_TIMEOUT"},
        {Kind::unavailable, 503, "MEDIA_UNAVAILABLE"},
        {Kind::failed, 502, "MEDIA_FETCH_FAILED"},
    }));
    MediaHouse house;
    house.fail({row.kind, "because of that"});
    const Answer answer = house.fetch("0");
    CHECK(answer.status == row.status);
    CHECK(answer.code() == row.code);
    CHECK(answer.text("error.message") == "The medium can't be had from the provider: because of that");
    CHECK(house.writer.begins == 0);
}

TEST_CASE("A failure in the middle is told to the server, and a caller who has gone is no failure") {
    MediaHouse house;
    house.serve({"image/png", 500}, {"some"}, {Kind::failed, "cut"});
    const Answer begun = house.call("GET", "/messages/" + test::id_c + "/media/0");
    REQUIRE(begun.response.stream);
    CHECK(begun.response.stream(house.writer));
    CHECK(house.writer.begins == 1);
    house.writer.wants = false;
    CHECK_FALSE(begun.response.stream(house.writer));
}
