#include "sms/media/media_rules.h"

#include <catch2/catch.hpp>
#include <string>

#include "sms/media/media_types.h"

using namespace jackgw::sms;

namespace {

struct Row {
    std::string_view url;
    std::string_view code;  // empty: it passes
    bool insecure = false;
};

}  // namespace

TEST_CASE("A medium's URL must be https and must not name a type that isn't carried") {
    const auto row = GENERATE(values<Row>({
        {"https://media.example.com/room.jpg", ""},
        {"https://media.example.com/ROOM.JPEG?size=large#top", ""},
        {"https://media.example.com/a/b.c/menu.pdf", ""},
        {"https://media.example.com/guest.vcf", ""},
        {"https://media.example.com/tour.mp4", ""},
        {"https://media.example.com/song.ogg", ""},
        {"https://media.example.com/table.csv", ""},
        {"https://media.example.com/", ""},
        {"https://media.example.com", ""},
        {"https://media.example.com/image", ""},
        {"https://media.example.com/download?file=x.exe", ""},
        {"https://media.example.com/photo.v2", ""},
        {"https://media.example.com/photo.", ""},
        {"https://media.example.com:8443/room.png", ""},
        {"http://media.example.com/room.jpg", "INVALID_MEDIA_URL"},
        {"http://127.0.0.1:8090/room.jpg", "INVALID_MEDIA_URL"},
        {"http://127.0.0.1:8090/room.jpg", "", true},
        {"http://media.example.com/room.jpg", "INVALID_MEDIA_URL", true},
        {"http://127.example.com/room.jpg", "INVALID_MEDIA_URL", true},
        {"ftp://media.example.com/room.jpg", "INVALID_MEDIA_URL", true},
        {"https:///room.jpg", "INVALID_MEDIA_URL"},
        {"https://", "INVALID_MEDIA_URL"},
        {"/room.jpg", "INVALID_MEDIA_URL"},
        {"room.jpg", "INVALID_MEDIA_URL"},
        {"", "INVALID_MEDIA_URL"},
        {"https://media.example.com/a room.jpg", "INVALID_MEDIA_URL"},
        {"https://media.example.com/zimmer-\xc3\xbc.jpg", "INVALID_MEDIA_URL"},
        {"https://media.example.com/room.svg", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/room.WEBP", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/page.html?x=.jpg", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/bill.docx", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/notes.txt", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/setup.exe", "UNSUPPORTED_MEDIA_TYPE"},
        {"https://media.example.com/all.zip", "UNSUPPORTED_MEDIA_TYPE"},
    }));
    CAPTURE(row.url);
    const auto problem = check_media_urls({row.url}, row.insecure);
    CHECK((problem ? problem->code : std::string_view{}) == row.code);
    if (!problem) return;
    CHECK(problem->field == "mediaUrls");
    CHECK(problem->message.find(row.url) != std::string::npos);
}

TEST_CASE("A medium's URL with a user name or password is refused without repeating it") {
    const auto url = GENERATE(
        as<std::string_view>{}, "https://desk:pass-word@media.example.com/room.jpg",
        "https://pass-word@media.example.com/room.jpg", "https://a@pass-word@media.example.com/",
        "http://desk:pass-word@media.example.com/room.jpg", "ftp://desk:pass-word@media.example.com/room.jpg",
        "https://desk:pass-word@media.example.com/zimmer-\xc3\xbc.jpg");
    CAPTURE(url);
    const auto problem = check_media_urls({url}, false);
    REQUIRE(problem);
    CHECK(problem->code == "INVALID_MEDIA_URL");
    CHECK(problem->field == "mediaUrls");
    CHECK(problem->message.find("user name or password") != std::string::npos);
    CHECK(problem->message.find("pass-word") == std::string::npos);
}

TEST_CASE("The refusal names the type, and ten media are the most") {
    const auto problem = check_media_urls({"https://a.example/1.jpg", "https://a.example/2.tar.gz"}, false);
    REQUIRE(problem);
    CHECK(problem->message.find("https://a.example/2.tar.gz") != std::string::npos);
    CHECK(problem->message.find(".gz") != std::string::npos);
    CHECK(problem->message.find("application/gzip") != std::string::npos);
    std::vector<std::string_view> urls(10, "https://a.example/1.jpg");
    CHECK_FALSE(check_media_urls(urls, false));
    urls.emplace_back("https://a.example/1.jpg");
    CHECK(check_media_urls(urls, false)->code == "TOO_MANY_MEDIA");
}

TEST_CASE("Every accepted type is known whatever its case and parameters are") {
    for (const char* type : {"image/jpeg",
                             "image/jpg",
                             "image/gif",
                             "image/png",
                             "image/heic",
                             "image/heif",
                             "image/tiff",
                             "image/bmp",
                             "video/mpeg",
                             "video/mp4",
                             "video/mpeg4",
                             "video/webm",
                             "video/quicktime",
                             "video/3gpp",
                             "video/3gpp2",
                             "video/3gpp-tt",
                             "video/H261",
                             "video/H263",
                             "video/H263-1998",
                             "video/H263-2000",
                             "video/H264",
                             "video/H265",
                             "audio/ogg",
                             "audio/mpeg",
                             "audio/mp4",
                             "audio/mp3",
                             "audio/3gpp",
                             "audio/3gpp2",
                             "audio/basic",
                             "audio/L24",
                             "audio/vnd.rn-realaudio",
                             "audio/vnd.wave",
                             "audio/ac3",
                             "audio/webm",
                             "audio/amr-nb",
                             "audio/amr",
                             "text/vcard",
                             "text/x-vcard",
                             "text/directory",
                             "text/csv",
                             "text/richtext",
                             "text/rtf",
                             "text/calendar",
                             "application/pdf",
                             "application/vcard"}) {
        CAPTURE(type);
        CHECK(is_accepted_type(type));
        CHECK(is_accepted_type("  " + std::string(type) + " ; charset=utf-8"));
    }
    CHECK(is_accepted_type("IMAGE/JPEG"));
    for (const char* type : {"", ";", "image", "image/", "image/svg+xml", "text/html", "text/plain",
                             "application/octet-stream", "image/jpegx"}) {
        CAPTURE(type);
        CHECK_FALSE(is_accepted_type(type));
    }
    CHECK(is_resized_type("image/PNG"));
    CHECK_FALSE(is_resized_type("image/heic"));
    CHECK_FALSE(is_resized_type("application/pdf"));
}
