#include "sms/media/media_fetch.h"

#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using namespace jackgw::sms::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* api_url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
constexpr const char* cdn_url = "https://media.twiliocdn.com/AC1/secret";
constexpr const char* credentials = "Basic c2VjcmV0";

/// What the host would take.
struct Taken {
    std::string type, body;
    std::int64_t length = 0;
    int heads = 0;
    bool wants_head = true;
    std::size_t enough = SIZE_MAX;

    jackgw_media_sink sink() { return {reinterpret_cast<jackgw_media_target*>(this), &head, &take}; }

    static std::int32_t head(jackgw_media_target* target, const jackgw_media_head* given) {
        auto& self = *reinterpret_cast<Taken*>(target);
        ++self.heads;
        self.type = plugin::view(given->content_type);
        self.length = given->length;
        return self.wants_head ? 1 : 0;
    }
    static std::int32_t take(jackgw_media_target* target, jackgw_str piece) {
        auto& self = *reinterpret_cast<Taken*>(target);
        self.body += plugin::view(piece);
        return self.body.size() < self.enough ? 1 : 0;
    }
};

struct House {
    jackgw_host host;
    std::chrono::milliseconds now{0};
    std::string base = "https://api.twilio.com";
    Taken taken;

    House() {
        host.http_answers = {redirect_to(cdn_url),
                             {.status = 200,
                              .headers = {{"Content-Type", "image/png"}, {"Content-Length", "5"}},
                              .body = "bytes"}};
    }

    static HttpAnswer redirect_to(const std::string& url, std::int32_t status = 307) {
        return {.status = status, .headers = {{"location", url}}, .body = "<html>moved</html>"};
    }

    /// The status and the text of what was thrown; JACKGW_OK if nothing was.
    std::pair<jackgw_status, std::string> fetch(const std::string& url = api_url,
                                                std::string_view account = "AC1") {
        const MediaFetcher fetcher(
            MediaHosts(base),
            [](jackgw_pairs raw) -> std::optional<std::string> {
                if (plugin::find(raw, "AccountSid") != "AC1") return std::nullopt;
                return credentials;
            },
            plugin::HttpClient(host.view()), [this] { return now; });
        const std::array raw{plugin::pair("From", "+15559876543"), plugin::pair("AccountSid", account)};
        jackgw_media_request request{};
        request.struct_size = sizeof request;
        request.url = plugin::str(url);
        request.raw = plugin::pairs(raw);
        request.max_bytes = 1000;
        request.timeout_ms = 30'000;
        try {
            fetcher.fetch(request, plugin::MediaSink(taken.sink()));
            return {JACKGW_OK, ""};
        } catch (const plugin::Failure& failure) {
            return {failure.status(), failure.what()};
        }
    }

    std::string authorization(std::size_t request) const {
        for (const auto& [name, value] : host.requests.at(request).headers)
            if (name == "Authorization") return value;
        return "";
    }
};

}  // namespace

TEST_CASE("A medium is fetched with the account's credentials, and from the CDN without them") {
    House house;
    CHECK(house.fetch() == std::pair<jackgw_status, std::string>{JACKGW_OK, ""});
    CHECK(house.taken.type == "image/png");
    CHECK(house.taken.length == 5);
    CHECK(house.taken.body == "bytes");
    CHECK(house.taken.heads == 1);
    REQUIRE(house.host.requests.size() == 2);
    CHECK(house.host.requests[0].method == "GET");
    CHECK(house.host.requests[0].url == api_url);
    CHECK(house.authorization(0) == credentials);
    CHECK(house.host.requests[1].url == cdn_url);
    CHECK(house.authorization(1).empty());
    for (const HttpRequest& request : house.host.requests) {
        CHECK(request.flags == JACKGW_HTTP_PUBLIC_ONLY);
        CHECK(request.max_response_body == 1000);
        CHECK(request.total_timeout_ms == 30'000);
    }
}

TEST_CASE("Twilio's own answer may be the medium, of a length that isn't told") {
    House house;
    house.host.http_answers = {
        {.status = 200, .headers = {{"Transfer-Encoding", "chunked"}}, .body = "bytes"}};
    CHECK(house.fetch().first == JACKGW_OK);
    CHECK(house.taken.length == -1);
    CHECK(house.taken.type.empty());
    CHECK(house.taken.body == "bytes");
}

TEST_CASE("Nothing is asked of other hosts, neither at once nor by a redirect") {
    House house;
    const std::string target =
        GENERATE("https://evil.example/x", "http://api.twilio.com/x",
                 "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:8080/api/v1/guests",
                 "https://api.twilio.com@evil.example/", "https://media.twiliocdn.com.evil.example/x");
    CAPTURE(target);
    SECTION("at once") {
        const auto [status, text] = house.fetch(target);
        CHECK(status == JACKGW_E_INVALID_ARGUMENT);
        CHECK(house.host.requests.empty());
    }
    SECTION("by a redirect") {
        house.host.http_answers.front() = House::redirect_to(target, GENERATE(301, 302, 303, 307, 308));
        const auto [status, text] = house.fetch();
        CHECK(status == JACKGW_E_INVALID_ARGUMENT);
        CHECK(text.find("no media are fetched") != std::string::npos);
        CHECK(house.host.requests.size() == 1);
        CHECK(house.taken.heads == 0);
    }
}

TEST_CASE("Credentials don't come back once a redirect has led to the CDN") {
    House house;
    house.host.http_answers.push_front(House::redirect_to("https://api.dublin.ie1.twilio.com/x"));
    house.host.http_answers.insert(house.host.http_answers.begin() + 2,
                                   House::redirect_to("https://api.twilio.com/2010-04-01/y"));
    CHECK(house.fetch().first == JACKGW_OK);
    REQUIRE(house.host.requests.size() == 4);
    CHECK(house.authorization(0) == credentials);
    CHECK(house.authorization(1) == credentials);
    CHECK(house.authorization(2).empty());
    CHECK(house.authorization(3).empty());
}

TEST_CASE("A simulator on this machine is asked without the rule for public addresses") {
    House house;
    house.base = "http://127.0.0.1:8090";
    house.host.http_answers.front() = House::redirect_to("/cdn/ME1");
    CHECK(house.fetch("http://127.0.0.1:8090/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1").first ==
          JACKGW_OK);
    REQUIRE(house.host.requests.size() == 2);
    CHECK(house.host.requests[0].flags == 0);
    CHECK(house.authorization(0) == credentials);
    CHECK(house.host.requests[1].url == "http://127.0.0.1:8090/cdn/ME1");
    CHECK(house.authorization(1).empty());
}

TEST_CASE("An account that isn't the channel's gets no credentials of another") {
    House house;
    CHECK(house.fetch(api_url, "AC2").first == JACKGW_E_FAILED);
    CHECK(house.host.requests.empty());
}

TEST_CASE("What goes wrong on the way is told, and nothing of it reaches the sink") {
    struct Row {
        HttpAnswer answer;
        jackgw_status status;
        const char* text;
    };
    const auto row = GENERATE(values<Row>({
        {{.status = 404, .body = "no"}, JACKGW_E_FAILED, "doesn't have the medium any more"},
        {{.status = 401, .body = "no"}, JACKGW_E_FAILED, "check the account's credentials"},
        {{.status = 500}, JACKGW_E_FAILED, "media.twiliocdn.com answered 500"},
        {{.status = 206, .body = "part"}, JACKGW_E_FAILED, "answered 206"},
        {{.status = 302}, JACKGW_E_FAILED, "answered 302"},
        {{.status = 200, .headers = {{"Content-Encoding", "gzip"}}, .body = "x"},
         JACKGW_E_FAILED,
         "encoding"},
        {{.result = JACKGW_E_TIMEOUT}, JACKGW_E_TIMEOUT, "the connection was cut"},
        {{.result = JACKGW_E_TOO_LARGE}, JACKGW_E_TOO_LARGE, "the connection was cut"},
        {{.result = JACKGW_E_INVALID_ARGUMENT}, JACKGW_E_INVALID_ARGUMENT, "the connection was cut"},
    }));
    CAPTURE(row.text);
    House house;
    house.host.http_answers.back() = row.answer;
    const auto [status, text] = house.fetch();
    CHECK(status == row.status);
    CHECK(text.find(row.text) != std::string::npos);
    CHECK(text.find("secret") == std::string::npos);
    CHECK(house.taken.heads == 0);
    CHECK(house.taken.body.empty());
}

TEST_CASE("A medium that breaks off in the middle is a failure") {
    House house;
    house.host.http_answers.back().result = JACKGW_E_TOO_LARGE;
    house.host.http_answers.back().begins = true;
    CHECK(house.fetch().first == JACKGW_E_TOO_LARGE);
    CHECK(house.taken.body == "bytes");
}

TEST_CASE("A sink that has enough is no failure") {
    House house;
    SECTION("at the head") {
        house.taken.wants_head = false;
        CHECK(house.fetch().first == JACKGW_OK);
        CHECK(house.taken.body.empty());
    }
    SECTION("in the body") {
        house.taken.enough = 3;
        CHECK(house.fetch().first == JACKGW_OK);
    }
}

TEST_CASE("Redirects and time are limited together") {
    House house;
    SECTION("redirects") {
        house.host.http_answers.clear();
        house.host.http_answer = House::redirect_to(cdn_url);
        const auto [status, text] = house.fetch();
        CHECK(status == JACKGW_E_FAILED);
        CHECK(text.find("too often") != std::string::npos);
        CHECK(house.host.requests.size() == 4);
    }
    SECTION("time") {
        house.host.on_request = [&] { house.now += 20s; };
        house.host.http_answers.push_front(House::redirect_to(api_url));
        const auto [status, text] = house.fetch();
        CHECK(status == JACKGW_E_TIMEOUT);
        REQUIRE(house.host.requests.size() == 2);
        CHECK(house.host.requests[0].total_timeout_ms == 30'000);
        CHECK(house.host.requests[1].total_timeout_ms == 10'000);
    }
}
