// What guests send along, fetched from the provider and passed on byte for byte.
#include <catch2/catch.hpp>

#include <fstream>

#include "../integration/http/raw_client.h"
#include "stack.h"

using namespace jackgw::test;

namespace {

/// Bytes of all values, no two media alike.
std::string bytes_of(std::size_t size, unsigned salt) {
    std::string bytes(size, '\0');
    unsigned state = salt;
    for (char& byte : bytes) {
        state = state * 1'664'525 + 1'013'904'223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

struct MediaStack : Stack {
    explicit MediaStack(const std::string& limits = {}) : Stack(with_limits(limits)) {}

    static StackOptions with_limits(const std::string& limits) {
        StackOptions options;
        options.log = "format = \"json\"\nlevel = \"debug\"\n";
        options.more = "[media]\n" + limits;
        return options;
    }

    std::string file(const std::string& name, const std::string& bytes) {
        std::ofstream(files.path() / name, std::ios::binary) << bytes;
        return (files.path() / name).string();
    }

    /// A guest's message with these files; its id here.
    std::string guest_sends(const std::vector<std::string>& names) {
        const std::string sid = provider().text(guest_number, "Look at this", names);
        for (const Json& message : all_messages())
            if (message.at("providerMessageId") == sid) return message.at("id");
        throw std::runtime_error("the message was not stored");
    }

    Answer fetch(const std::string& id, int index, const std::string& method = "GET",
                 const std::string& token = reader_token) {
        return http().request(method, url() + target(id, index), {{"Authorization", "Bearer " + token}});
    }
    static std::string target(const std::string& id, int index) {
        return "/api/v1/messages/" + id + "/media/" + std::to_string(index);
    }

    /// Calls that the plugin is serving.
    int in_flight() { return list("/plugins").at(0).at("inFlight"); }

    const TempFolder files;
};

}  // namespace

TEST_CASE("14 both media of a guest's message are had byte for byte") {
    MediaStack stack;
    const std::string picture = bytes_of(300'000, 1);
    const std::string card = "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n";
    const std::string id = stack.guest_sends({stack.file("room.jpg", picture), stack.file("ada.vcf", card)});
    const Json message = stack.message(id);
    REQUIRE(message.at("media").size() == 2);
    CHECK(message.at("media").at(0).at("index") == 0);
    CHECK(message.at("media").at(0).at("contentType") == "image/jpeg");
    CHECK(message.at("media").at(1).at("contentType") == "text/vcard");

    for (int time = 0; time < 2; ++time) {
        const Answer first = stack.fetch(id, 0);
        CHECK(first.status == 200);
        CHECK(first.content_type() == "image/jpeg");
        CHECK(first.header("Content-Length") == "300000");
        CHECK(first.header("X-Content-Type-Options") == "nosniff");
        CHECK(first.header("Content-Security-Policy") == "sandbox; default-src 'none'");
        CHECK(first.header("Content-Disposition") == "attachment; filename=\"" + id + "-0.jpg\"");
        CHECK((first.body == picture));
        CHECK((stack.fetch(id, 1).body == card));
    }
    const Answer head = stack.fetch(id, 0, "HEAD");
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == "300000");
    CHECK(head.body.empty());

    stack.provider().add_fault("media-chunked", 0, 1);
    const Answer chunked = stack.fetch(id, 0);
    CHECK(chunked.header("Content-Length").empty());
    CHECK((chunked.body == picture));

    CHECK(stack.fetch(id, 2).status == 404);
    CHECK(stack.fetch(id, 0, "GET", "no-such-token-at-all").status == 401);
    CHECK(stack.in_flight() == 0);
}

TEST_CASE("14 what a guest calls a page is no page for a browser") {
    MediaStack stack;
    const std::string id = stack.guest_sends({stack.file("page.html", "<script>alert(1)</script>")});
    const Answer answer = stack.fetch(id, 0);
    CHECK(answer.status == 200);
    CHECK(answer.content_type() == "application/octet-stream");
    CHECK(answer.header("Content-Disposition") == "attachment; filename=\"" + id + "-0\"");
}

TEST_CASE("14 a medium over the limit is refused, or cut where its length wasn't known") {
    MediaStack stack("max_bytes = 100000\n");
    const std::string id = stack.guest_sends(
        {stack.file("huge.mp4", bytes_of(5'000'000, 2)), stack.file("fits.mp4", bytes_of(100'000, 3))});
    CHECK(stack.fetch(id, 1).body.size() == 100'000);
    const Answer refused = stack.fetch(id, 0);
    CHECK(refused.status == 502);
    CHECK(refused.json().at("error").at("code") == "MEDIA_TOO_LARGE");

    stack.provider().add_fault("media-chunked", 0, 1);
    RawClient client(static_cast<std::uint16_t>(std::stoi(stack.port())));
    client.send(
        get(MediaStack::target(id, 0), std::string("Authorization: Bearer ") + reader_token + "\r\n"));
    const auto [bytes, orderly] = client.read_to_end();
    CHECK_FALSE(orderly);
    CHECK(bytes.size() < 120'000);
    CHECK(bytes.find("\r\n0\r\n\r\n") == std::string::npos);
    CHECK(stack.in_flight() == 0);
}

TEST_CASE("14 what goes wrong at the provider is told") {
    MediaStack stack("timeout_s = 1\n");
    const std::string id = stack.guest_sends({stack.file("room.png", bytes_of(1000, 4))});
    const auto code = [&](int status) {
        const Answer answer = stack.fetch(id, 0);
        CHECK(answer.status == status);
        return answer.json().at("error").at("code").get<std::string>();
    };
    stack.provider().add_fault("media-missing", 0, 1);
    CHECK(code(502) == "MEDIA_FETCH_FAILED");
    stack.provider().add_fault("media-elsewhere", 0, 1);
    CHECK(code(502) == "MEDIA_REFUSED");
    stack.provider().add_fault("media-slow", 60'000, 1);
    CHECK(code(504) == "MEDIA_TIMEOUT");
    stack.provider().clear_faults();
    CHECK(stack.fetch(id, 0).status == 200);

    // Somebody else's URL is never asked, whatever a webhook says.
    const std::string sid =
        stack.provider().text(guest_number, "Elsewhere", {"https://media.example.com/a.jpg"});
    for (const Json& message : stack.all_messages()) {
        if (message.at("providerMessageId") != sid) continue;
        const Answer answer = stack.fetch(message.at("id"), 0);
        CHECK(answer.status == 502);
        CHECK(answer.json().at("error").at("code") == "MEDIA_REFUSED");
    }
    const Json sent = stack
                          .api("POST", "/messages",
                               {{"channel", "sms"},
                                {"to", guest_number},
                                {"content", "A map"},
                                {"mediaUrls", {"https://media.example.com/map.png"}}})
                          .data();
    CHECK(stack.fetch(sent.at("id"), 0).status == 409);
}

TEST_CASE("14 a caller who goes away ends the fetching") {
    MediaStack stack("max_bytes = 67108864\n");
    const std::string id = stack.guest_sends({stack.file("long.mp4", bytes_of(30'000'000, 5))});
    {
        RawClient client(static_cast<std::uint16_t>(std::stoi(stack.port())));
        client.send(
            get(MediaStack::target(id, 0), std::string("Authorization: Bearer ") + reader_token + "\r\n"));
        CHECK(eventually([&] { return stack.in_flight() == 1; }));
    }
    CHECK(eventually([&] { return stack.in_flight() == 0; }));
    CHECK(stack.fetch(id, 0).body.size() == 30'000'000);
}

TEST_CASE("14 neither credentials nor places of media enter the log") {
    MediaStack stack;
    const std::string id = stack.guest_sends({stack.file("room.png", bytes_of(1000, 6))});
    const std::string url = stack.message(id).at("media").at(0).at("url");
    CHECK(stack.fetch(id, 0).status == 200);
    for (const char* fault : {"media-missing", "media-elsewhere"}) {
        stack.provider().add_fault(fault, 0, 1);
        CHECK(stack.fetch(id, 0).status == 502);
    }
    CHECK(stack.stop_gateway() == 0);
    const std::string log = stack.log();
    CHECK(log.find("could not be fetched") != std::string::npos);
    for (const std::string& secret : {std::string(auth_token), std::string("Basic "), url,
                                      url.substr(url.rfind('/') + 1), std::string("/cdn/")}) {
        INFO(secret);
        CHECK(log.find(secret) == std::string::npos);
    }
}
