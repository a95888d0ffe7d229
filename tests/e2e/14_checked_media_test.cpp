// Media that the hotel sends, asked for at their servers before the message is taken.
#include <catch2/catch.hpp>

#include <condition_variable>
#include <mutex>

#include "http/server.h"
#include "stack.h"

using namespace jackgw;
using namespace jackgw::test;
using Catch::Contains;

namespace {

/// A server of media, each path another one; counts what it is asked by what.
class MediaServer {
  public:
    MediaServer() : server_({}, clock_, [this](const http::Request& request) { return answer(request); }) {
        server_.start();
    }
    ~MediaServer() {
        const std::lock_guard lock(mutex_);
        released_ = true;
        changed_.notify_all();
    }
    MediaServer(const MediaServer&) = delete;
    MediaServer& operator=(const MediaServer&) = delete;

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
    }
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

  private:
    http::Response answer(const http::Request& request) {
        std::unique_lock lock(mutex_);
        requests_.push_back(request.method + " " + request.path);
        if (request.path == "/picture") return {200, {{"Content-Type", "image/png"}}, "picture"};
        if (request.path == "/page") return {200, {{"Content-Type", "text/html"}}, "<p>"};
        if (request.path == "/untyped") return {200, {}, "?"};
        if (request.path == "/film") return {200, {{"Content-Type", "video/mp4"}}, std::string(700'000, 'x')};
        if (request.path == "/moved") return {302, {{"Location", "/picture"}}, ""};
        if (request.path == "/moved-to-page") return {302, {{"Location", "/page"}}, ""};
        if (request.path == "/circle") return {302, {{"Location", "/circle"}}, ""};
        if (request.path == "/to-metadata") return {302, {{"Location", "http://169.254.169.254/"}}, ""};
        if (request.path == "/hangs") changed_.wait(lock, [this] { return released_; });
        return {404, {}, ""};
    }

    const SystemClock clock_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool released_ = false;
    std::vector<std::string> requests_;
    http::Server server_;  // last: its threads use the rest
};

Stack checking() {
    StackOptions options;
    options.channel_options = "check_media = true\n";
    return Stack(std::move(options));
}

Answer send(Stack& stack, const std::vector<std::string>& urls) {
    return stack.api("POST", "/messages",
                     {{"channel", "sms"}, {"to", guest_number}, {"content", "See"}, {"mediaUrls", urls}});
}

}  // namespace

TEST_CASE("14 media that MMS carries are asked for once each and sent") {
    MediaServer media;
    Stack stack = checking();
    const std::vector<std::string> urls{media.url("/picture"), media.url("/moved")};
    const Answer taken = send(stack, urls);
    REQUIRE(taken.status == 202);
    CHECK(media.requests() == std::vector<std::string>{"HEAD /picture", "HEAD /moved", "HEAD /picture"});
    stack.await_delivery(taken.data().at("id"), "delivered");
    CHECK(stack.provider().messages_with(guest_number).back().at("num_media") == "2");
}

TEST_CASE("14 media that can't go are refused before anything is stored, with the reason") {
    struct Row {
        const char* path;
        const char* code;
        const char* said;
    };
    const auto row = GENERATE(values<Row>({
        {"/page", "UNSUPPORTED_MEDIA_TYPE", "text/html"},
        {"/moved-to-page", "UNSUPPORTED_MEDIA_TYPE", "text/html"},
        {"/untyped", "UNSUPPORTED_MEDIA_TYPE", "no Content-Type"},
        {"/film", "MEDIA_TOO_LARGE", "video/mp4"},
        {"/nothing", "MEDIA_UNREACHABLE", "404"},
        {"/nothing#top", "MEDIA_UNREACHABLE", "404"},
        {"/circle", "MEDIA_UNREACHABLE", "redirects too often"},
        {"/to-metadata", "MEDIA_UNREACHABLE", "no https URL"},
        {"/hangs", "MEDIA_UNREACHABLE", "time"},
    }));
    CAPTURE(row.path);
    MediaServer media;
    Stack stack = checking();
    const Answer refused = send(stack, {media.url("/picture"), media.url(row.path)});
    CHECK(refused.status == 422);
    const Json error = refused.json().at("error");
    CHECK(error.at("code") == row.code);
    CHECK_THAT(error.dump(), Contains("mediaUrls") && Contains(row.said) && Contains(row.path));
    CHECK(stack.all_messages().empty());
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("14 without the option no server of media is asked") {
    MediaServer media;
    Stack stack;
    CHECK(send(stack, {media.url("/page")}).status == 202);
    CHECK(media.requests().empty());
}
