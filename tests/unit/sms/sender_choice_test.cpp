#include "sms/sender_choice.h"

#include <catch2/catch.hpp>

#include "samples.h"

using namespace jackgw::sms;
using test::account;
using test::guest;
using test::hotel;
using test::service;

namespace {

const std::string lake = "+15557654321";
const std::string pool = "+15550000009";
const std::string abroad = "+4930901820";

const Senders numbers(account, hotel, "", {{lake, account}, {"54321", account}, {"Lakeside", account}});
const Senders with_service(account, hotel, service, {{lake, account}});

std::string from(const Senders& senders, const Draft& draft, std::string_view to = guest) {
    const auto choice = choose_sender(senders, draft, to);
    if (const auto* problem = std::get_if<Problem>(&choice)) return "refused: " + problem->message;
    return std::get<SenderChoice>(choice).from;
}

Problem refused(const Senders& senders, const Draft& draft, std::string_view to = guest) {
    return std::get<Problem>(choose_sender(senders, draft, to));
}

}  // namespace

TEST_CASE("A draft names its sender, else it goes from where the guest is answered, else from the default") {
    struct Row {
        const Senders& senders;
        std::string_view from, reply_from, expected;
    };
    const auto row = GENERATE(values<Row>({
        {numbers, "", "", hotel},
        {numbers, "", lake, lake},
        {numbers, "", "54321", "54321"},
        {numbers, "", pool, hotel},
        {numbers, "", service, hotel},
        {numbers, hotel, lake, hotel},
        {numbers, "+1 (555) 765-4321", hotel, lake},
        {numbers, "54321", "", "54321"},
        {with_service, "", "", service},
        {with_service, "", lake, lake},
        {with_service, "", hotel, service},
        {with_service, "", service, service},
        {with_service, hotel, "", hotel},
        {with_service, service, lake, service},
    }));
    CAPTURE(row.from, row.reply_from);
    CHECK(from(row.senders, {.from = row.from, .reply_from = row.reply_from}) == row.expected);
}

TEST_CASE("What is no sender of the channel is refused, and the senders are named") {
    const auto [senders, typed] = GENERATE(table<const Senders*, std::string_view>({
        {&numbers, pool},
        {&numbers, service},
        {&numbers, "12345"},
        {&numbers, "lakeside"},
        {&numbers, "Hotel"},
        {&with_service, pool},
        {&with_service, "12345"},
        {&with_service, "Lakeside"},
        {&with_service, "MG99999999999999999999999999999999"},
    }));
    CAPTURE(typed);
    const Problem problem = refused(*senders, {.from = typed});
    CHECK(problem.field == "from");
    CHECK(problem.code == "INVALID_SENDER");
    CHECK_THAT(problem.message, Catch::Contains("\"" + std::string(typed) + "\" is none of this channel's"));
    CHECK_THAT(problem.message, Catch::Contains(hotel) && Catch::Contains(lake));
}

TEST_CASE("A name sends texts abroad and warns that it can't be answered") {
    const auto choice = choose_sender(numbers, {.from = "Lakeside", .content = "x"}, abroad);
    REQUIRE(std::holds_alternative<SenderChoice>(choice));
    CHECK(std::get<SenderChoice>(choice).from == "Lakeside");
    CHECK(std::get<SenderChoice>(choice).warnings ==
          std::vector<std::string>{"the sender \"Lakeside\" is a name: guests can't answer it"});
    for (const auto& other : {lake, std::string("54321")})
        CHECK(std::get<SenderChoice>(choose_sender(numbers, {.from = other}, abroad)).warnings.empty());
}

TEST_CASE("A name sends neither media nor to numbers that begin with +1") {
    const Problem american = refused(numbers, {.from = "Lakeside", .content = "x"}, guest);
    CHECK(american.code == "INVALID_SENDER");
    CHECK_THAT(american.message, Catch::Contains("+1") && Catch::Contains("Lakeside"));
    const Problem media = refused(numbers, {.from = "Lakeside", .media_urls = {"https://a.b/c"}}, abroad);
    CHECK(media.code == "INVALID_SENDER");
    CHECK_THAT(media.message, Catch::Contains("media"));
    const Senders only_name(account, "", "", {{"Lakeside", account}});
    CHECK(refused(only_name, {.content = "x"}, guest).field == "from");
    CHECK(from(only_name, {.content = "x"}, abroad) == "Lakeside");
}
