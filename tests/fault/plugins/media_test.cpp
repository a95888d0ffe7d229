// Media over the contract: what a plugin says, and what the host makes of nonsense.

#include <catch2/catch.hpp>

#include "plugin_host.h"

using namespace jackgw;
using Kind = MediaResult::Kind;

namespace {

struct Taken final : MediaSink {
    std::vector<MediaHead> heads;
    std::string body_bytes;
    bool wants_head = true;
    std::size_t enough = SIZE_MAX;

    bool head(const MediaHead& head) override {
        heads.push_back(head);
        return wants_head;
    }
    bool body(std::string_view piece) override {
        body_bytes += piece;
        return body_bytes.size() < enough;
    }
};

struct MediaHost : test::PluginHost {
    explicit MediaHost(const std::string& fixture) : PluginHost({{"pictures", "media", true, true}}) {
        install_fixture(fixture, "media");
        manager().start();
        access = manager().media("pictures");
        REQUIRE(access);
    }

    MediaResult fetch(const std::string& url, MediaSink& sink) {
        MediaRequest request;
        request.url = url;
        request.max_bytes = 100;
        request.timeout = std::chrono::seconds{1};
        return access->fetch(request, sink);
    }

    std::shared_ptr<MediaAccess> access;
};

}  // namespace

TEST_CASE("A medium comes over the contract as the plugin gives it") {
    MediaHost host("media");
    Taken taken;
    CHECK(host.fetch("good", taken).kind == Kind::complete);
    REQUIRE(taken.heads.size() == 1);
    CHECK(taken.heads[0].content_type == "image/png");
    CHECK_FALSE(taken.heads[0].length);
    CHECK(taken.body_bytes.size() == 100);
}

TEST_CASE("What a plugin does wrong with a medium is never taken for the whole") {
    struct Row {
        const char* url;
        Kind kind;
        const char* message;
        std::size_t heads;
    };
    const auto row = GENERATE(values<Row>({
        {"times out", Kind::timed_out, "it took too long", 0},
        {"nothing", Kind::failed, "gave no medium", 0},
        {"short head", Kind::failed, "gave no medium", 0},
        {"body first", Kind::complete, "", 1},
        {"two heads", Kind::failed, "gave no medium", 1},
        {"breaks", Kind::failed, "the connection was cut", 1},
        {"sized", Kind::too_large, "the 100 bytes allowed", 0},
    }));
    CAPTURE(row.url);
    MediaHost host("media");
    Taken taken;
    const MediaResult result = host.fetch(row.url, taken);
    CHECK(result.kind == row.kind);
    CHECK(result.message.find(row.message) != std::string::npos);
    CHECK(taken.heads.size() == row.heads);
    CHECK(taken.body_bytes.find("lost") == std::string::npos);
}

TEST_CASE("A sink that wants no more gets no more, whether the plugin listens or not") {
    const auto url = GENERATE("polite", "deaf");
    CAPTURE(url);
    MediaHost host("media");
    Taken taken;
    taken.enough = 30;
    CHECK(host.fetch(url, taken).kind == Kind::given_up);
    CHECK(taken.body_bytes.size() == 30);
    Taken none;
    none.wants_head = false;
    CHECK(host.fetch(url, none).kind == Kind::given_up);
    CHECK(none.body_bytes.empty());
}

TEST_CASE("A problem with media is told, and a check that fails is one") {
    MediaHost host("media");
    CHECK_FALSE(host.access->check({"fine"}));
    const auto ugly = host.access->check({"fine", "ugly"});
    REQUIRE(ugly);
    CHECK(ugly->field == "mediaUrls");
    CHECK(ugly->code == "TOO_UGLY");
    CHECK(ugly->message == "the second one is ugly");
    CHECK(host.access->check({"fails"})->message == "the media could not be checked: no network");
    CHECK(host.access->check({"short"})->code == "MEDIA_CHECK_FAILED");
}

TEST_CASE("A plugin without media functions checks nothing and fetches nothing") {
    const auto fixture = GENERATE("media-nothing", "good");
    CAPTURE(fixture);
    MediaHost host(fixture);
    Taken taken;
    CHECK_FALSE(host.access->check({"anything"}));
    CHECK(host.fetch("anything", taken).kind == Kind::not_supported);
}

TEST_CASE("A channel that isn't there or not loaded has no way to media") {
    test::PluginHost host({{"pictures", "absent", true, false}});
    host.manager().start();
    CHECK_FALSE(host.manager().media("pictures"));
    CHECK_FALSE(host.manager().media("nowhere"));
}
