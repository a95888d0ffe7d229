#include "sms/mapper.h"

#include <catch2/catch.hpp>

#include "samples.h"
#include "sms/phone.h"

using namespace jackgw::sms;

namespace {

const Senders senders(test::account, test::hotel, "", {{"+15550001111", test::account}});
const Mapper mapper(senders, false, "", {LongText::reject, false});

Problem refused(const Draft& draft) {
    return std::get<Problem>(mapper.map(draft));
}
Mapped accepted(const Draft& draft) {
    return std::get<Mapped>(mapper.map(draft));
}

std::vector<std::string_view> repeated(std::string_view url, std::size_t times) {
    return std::vector<std::string_view>(times, url);
}

}  // namespace

TEST_CASE("Our numbers are brought into E.164 by their form alone") {
    const auto [typed, number] = GENERATE(table<const char*, const char*>({
        {"+15551234567", "+15551234567"},
        {" +1 (555) 123-4567 ", "+15551234567"},
        {"+49 30.901820", "+4930901820"},
        {"+12", "+12"},
        {"+123456789012345", "+123456789012345"},
        {"", nullptr},
        {"+", nullptr},
        {"+1", nullptr},
        {"+0555123", nullptr},
        {"5551234567", nullptr},
        {"0015551234567", nullptr},
        {"+1234567890123456", nullptr},
        {"+1555CALLNOW", nullptr},
        {"+1+555", nullptr},
        {"guest@example.com", nullptr},
    }));
    CAPTURE(typed);
    const auto normalized = normalize_number(typed);
    REQUIRE(normalized.has_value() == (number != nullptr));
    if (number != nullptr) CHECK(*normalized == number);
}

TEST_CASE("A draft is sent as it is, from the channel's sender unless it names one") {
    const Mapped mapped = accepted({.to = "+1 555 987-6543", .content = "Welcome €"});
    CHECK(mapped.to == test::guest);
    CHECK(mapped.from == test::hotel);
    CHECK(mapped.content == "Welcome €");
    CHECK(mapped.text.units == 10);
    CHECK(mapped.text.segments() == 1);
    CHECK(accepted({.to = test::guest, .from = "+1 555 000 1111", .content = "x"}).from == "+15550001111");
    const Mapper by_service(Senders(test::account, test::hotel, test::service), false);
    CHECK(std::get<Mapped>(by_service.map({.to = test::guest, .content = "x"})).from == test::service);
}

TEST_CASE("What can't be sent is refused with the field that is wrong") {
    // Static: the rows are made once and look at them, the test case runs once for each row.
    static const std::string longest(1600, 'x');
    static const std::string too_long(1601, 'x');
    struct Row {
        Draft draft;
        std::string_view field;
        std::string_view code;
    };
    const auto row = GENERATE_REF(values<Row>({
        {{.to = "5559876543", .content = "x"}, "to", "INVALID_NUMBER"},
        {{.to = "", .content = "x"}, "to", "INVALID_NUMBER"},
        {{.to = test::hotel, .content = "x"}, "to", "INVALID_NUMBER"},
        {{.to = test::guest, .from = "Hotel", .content = "x"}, "from", "INVALID_SENDER"},
        {{.to = test::guest, .from = "MG123", .content = "x"}, "from", "INVALID_SENDER"},
        {{.to = test::guest}, "content", "EMPTY_MESSAGE"},
        {{.preview = true}, "content", "EMPTY_MESSAGE"},
        {{.to = test::guest, .content = too_long}, "content", "CONTENT_TOO_LONG"},
        {{.to = test::guest, .media_urls = repeated("https://a.b/c", 11)}, "mediaUrls", "TOO_MANY_MEDIA"},
        {{.to = test::guest, .media_urls = {"http://a.b/c"}}, "mediaUrls", "INVALID_MEDIA_URL"},
        {{.to = test::guest, .media_urls = {"/c.jpg"}}, "mediaUrls", "INVALID_MEDIA_URL"},
        {{.to = test::guest, .media_urls = {"https:///c"}}, "mediaUrls", "INVALID_MEDIA_URL"},
        {{.to = test::guest, .media_urls = {"https://a.b/c d"}}, "mediaUrls", "INVALID_MEDIA_URL"},
        {{.to = test::guest, .media_urls = {"ftp://a.b/c"}}, "mediaUrls", "INVALID_MEDIA_URL"},
    }));
    const Problem problem = refused(row.draft);
    CHECK(problem.field == row.field);
    CHECK(problem.code == row.code);
    CHECK_FALSE(problem.message.empty());
    CHECK(accepted({.to = test::guest, .content = longest}).text.segments() == 11);
}

TEST_CASE("Recipients are read as a front desk types them") {
    const Mapper german(senders, false, "DE");
    const auto to = [&](std::string_view typed) {
        return std::get<Mapped>(german.map({.to = typed, .content = "x"})).to;
    };
    CHECK(to("0171 1234567") == "+491711234567");
    CHECK(to("001 (555) 987-6543") == test::guest);
    CHECK(german.normalize_address("0171 1234567") == "+491711234567");
    const Problem problem = refused({.to = "+1555", .content = "x"});
    CHECK(problem.field == "to");
    CHECK(problem.code == "INVALID_NUMBER");
    CHECK_THAT(problem.message, Catch::StartsWith("\"+1555\" is too short"));
}

TEST_CASE("A landline is warned of, and sent to") {
    const Mapped mapped = accepted({.to = "+44 20 7031 3000", .content = "x"});
    CHECK(mapped.to == "+442070313000");
    CHECK(mapped.warnings ==
          std::vector<std::string>{"+442070313000 is a landline: most of them can't receive texts"});
    CHECK(accepted({.to = test::guest, .content = "x"}).warnings.empty());
}

TEST_CASE("A guest who wrote from a number that no plan knows can be found and answered") {
    const std::string odd = "+999123456789";
    CHECK(refused({.to = odd, .content = "x"}).code == "INVALID_NUMBER");
    CHECK(accepted({.to = odd, .content = "x", .reply_from = test::hotel}).to == odd);
    CHECK(refused({.to = "12345", .content = "x", .reply_from = test::hotel}).code == "INVALID_NUMBER");
    CHECK(mapper.normalize_address(odd) == odd);
    CHECK_THROWS_WITH(mapper.normalize_address("12345"), Catch::Contains("short code"));
}

TEST_CASE("The limit counts UTF-16 units, not bytes") {
    std::string content;
    for (int i = 0; i < 800; ++i) content += "\xf0\x9f\x98\x80";
    CHECK(accepted({.to = test::guest, .content = content}).text.units == 1600);
    content += "x";
    CHECK(refused({.to = test::guest, .content = content}).code == "CONTENT_TOO_LONG");
}

TEST_CASE("Ten media are one message, whatever the text") {
    const std::string content(400, 'x');
    const Mapped mapped =
        accepted({.to = test::guest, .content = content, .media_urls = repeated("https://a.b/c", 10)});
    CHECK(mapped.text.segments() == 1);
    CHECK(mapped.text.parts == std::vector<std::string>{content});
    CHECK(accepted({.to = test::guest, .media_urls = {"https://a.b/c"}}).text.segments() == 1);
}

TEST_CASE("A long text is cut or split where the operator wants that") {
    const std::string content(1700, 'x');
    const auto map = [&](LongText long_text) {
        return std::get<Mapped>(
            Mapper(senders, false, "", {long_text, false})
                .map({.to = test::guest, .content = content, .media_urls = {"https://a.b/c"}}));
    };
    const Mapped cut = map(LongText::truncate);
    CHECK(cut.truncated);
    CHECK(cut.warnings.size() == 1);
    CHECK(cut.pieces.empty());
    CHECK(cut.to == test::guest);
    const Mapped split = map(LongText::split);
    CHECK_FALSE(split.truncated);
    CHECK(split.pieces.size() == 2);
    CHECK(split.content == content);
}

TEST_CASE("A text of which smart encoding leaves nothing is empty") {
    const Mapper smart(senders, false, "", {LongText::truncate, true});
    const Draft draft{.to = test::guest, .content = "\u200b\ufeff"};
    CHECK(std::get<Problem>(smart.map(draft)).code == "EMPTY_MESSAGE");
    Draft with_media = draft;
    with_media.media_urls = {"https://a.b/c"};
    CHECK(std::get<Mapped>(smart.map(with_media)).text.segments() == 1);
}

TEST_CASE("With a simulator on this machine media may be http") {
    const Mapper local(senders, true);
    CHECK(std::holds_alternative<Mapped>(
        local.map({.to = test::guest, .media_urls = {"http://127.0.0.1/a.jpg"}})));
}

TEST_CASE("A preview looks at content and media alone") {
    const Mapped mapped =
        accepted({.preview = true, .to = "nonsense", .from = "nonsense", .content = "hello"});
    CHECK(mapped.to.empty());
    CHECK(mapped.from.empty());
    CHECK(mapped.text.units == 5);
}
