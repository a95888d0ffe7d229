#include "sms/senders.h"

#include <catch2/catch.hpp>
#include <optional>

#include "samples.h"

using namespace jackgw::sms;
using test::account;
using test::hotel;
using test::service;

namespace {

const std::string other_account = "AC" + std::string(32, '9');
const std::string other_service = "MG" + std::string(32, '9');
const std::string lake = "+15557654321";
const std::string pool = "+15550000009";

using Listed = std::vector<Senders::Listed>;
using Scopes = std::vector<std::string_view>;

}  // namespace

TEST_CASE("A sender is a number, a short code, a service or a name") {
    const auto [text, kind] = GENERATE(table<std::string, std::optional<SenderKind>>({
        {"+15551234567", SenderKind::number},
        {"+12", SenderKind::number},
        {"333", SenderKind::short_code},
        {"12345678", SenderKind::short_code},
        {"MG0123456789abcdef0123456789abcdef", SenderKind::service},
        {"Lakeside", SenderKind::name},
        {"A", SenderKind::name},
        {"24-7 B&B_Inn", std::nullopt},
        {"24-7 B&B_In", SenderKind::name},
        {"1st+2nd", SenderKind::name},
        {"MG0123", SenderKind::name},
        {"", std::nullopt},
        {"12", std::nullopt},
        {"123456789", std::nullopt},
        {"+1", std::nullopt},
        {"+0123456", std::nullopt},
        {"+1555O", std::nullopt},
        {" Lakeside", std::nullopt},
        {"Lakeside ", std::nullopt},
        {"Hôtel", std::nullopt},
        {"- & _", std::nullopt},
        {"MG0123456789abcdef0123456789abcdeg", std::nullopt},
    }));
    CAPTURE(text);
    CHECK(sender_kind(text) == kind);
}

TEST_CASE("The default sender is the service, else the number, else the first that is listed") {
    const Listed listed{{lake, account}, {"Lakeside", account}};
    CHECK(Senders(account, hotel, service, listed).default_sender() == service);
    CHECK(Senders(account, hotel, "", listed).default_sender() == hotel);
    CHECK(Senders(account, "", "", listed).default_sender() == lake);
    CHECK(Senders(account, "", "").default_sender().empty());
}

TEST_CASE("A guest is answered from a listed sender; a service speaks for the channel's own number") {
    struct Row {
        Senders senders;
        std::string ours;
        bool answers;
    };
    const Listed listed{{lake, account}};
    const auto row = GENERATE_REF(values<Row>({
        {Senders(account, hotel, "", listed), hotel, true},
        {Senders(account, hotel, "", listed), lake, true},
        {Senders(account, hotel, "", listed), pool, false},
        {Senders(account, hotel, "", listed), "", false},
        {Senders(account, hotel, service, listed), hotel, false},
        {Senders(account, hotel, service, listed), service, true},
        {Senders(account, hotel, service, listed), lake, true},
        {Senders(account, "", "", listed), "", false},
    }));
    CAPTURE(row.ours);
    CHECK(row.senders.answers_from(row.ours) == row.answers);
}

TEST_CASE("A number that a service owns is answered by the service") {
    struct Row {
        Senders senders;
        std::string to, by_service, reply;
    };
    const Listed listed{{lake, account}, {other_service, account}};
    const auto row = GENERATE_REF(values<Row>({
        {Senders(account, hotel, "", listed), hotel, service, ""},
        {Senders(account, hotel, "", listed), lake, other_service, ""},
        {Senders(account, hotel, "", listed), pool, other_service, other_service},
        {Senders(account, hotel, "", listed), pool, service, ""},
        {Senders(account, hotel, "", listed), pool, "", ""},
        {Senders(account, hotel, service, listed), pool, service, service},
        {Senders(account, hotel, service, listed), hotel, service, service},
        {Senders(account, hotel, service, listed), hotel, other_service, other_service},
        {Senders(account, hotel, service, listed), hotel, "", service},
        {Senders(account, hotel, service, listed), lake, service, ""},
    }));
    CAPTURE(row.to, row.by_service);
    CHECK(row.senders.reply_from(row.to, row.by_service) == row.reply);
}

TEST_CASE("A listed sender is its account's, any other the default sender's") {
    const Senders by_number(account, hotel, "", {{lake, other_account}});
    CHECK(by_number.account_of(hotel) == account);
    CHECK(by_number.account_of(lake) == other_account);
    CHECK(by_number.account_of(pool) == account);
    const Senders listed_only(account, "", "", {{other_service, other_account}, {lake, account}});
    CHECK(listed_only.account_of(pool) == other_account);
    CHECK(listed_only.account_of(lake) == account);
}

TEST_CASE("A consent holds for all that is named, else for the default sender") {
    struct Row {
        Senders senders;
        std::string number, by_service;
        Scopes scopes;
        std::string by_account = account;
    };
    const std::vector<Senders::Listed> listed{
        {lake, account, other_service}, {pool, account, service}, {"54321", other_account}};
    const auto row = GENERATE_REF(values<Row>({
        {Senders(account, hotel, ""), lake, "", {lake}},
        {Senders(account, hotel, ""), lake, other_service, {lake, other_service}},
        {Senders(account, hotel, ""), "", other_service, {other_service}},
        {Senders(account, hotel, ""), "", "", {hotel}},
        {Senders(account, "", service), "", "", {service}},
        {Senders(account, hotel, service), "", "", {service, hotel}},
        {Senders(account, hotel, service), "", service, {service, hotel}},
        {Senders(account, hotel, service), "", other_service, {other_service}},
        {Senders(account, hotel, service), lake, service, {lake, service, hotel}},
        {Senders(account, hotel, service), service, "", {service, hotel}},
        {Senders(account, hotel, service), service, service, {service, hotel}},
        {Senders(account, "", "", {{lake, account}}), "", "", {lake}},
        {Senders(account, hotel, "", listed), pool, "", {pool}},
        {Senders(account, hotel, "", listed), pool, other_service, {pool, other_service, lake}},
        {Senders(account, hotel, service, listed), "", service, {service, hotel, pool}},
        {Senders(account, hotel, service, listed), "", "", {service, hotel, pool}},
        {Senders(account, hotel, service, listed), "", "", {"54321"}, other_account},
        {Senders(account, hotel, service, listed), lake, "", {lake}, other_account},
        {Senders(account, hotel, service), "", "", {service, hotel}, other_account},
    }));
    CAPTURE(row.number, row.by_service);
    CHECK(row.senders.scopes(row.number, row.by_service, row.by_account) == row.scopes);
}

TEST_CASE("Only what is configured is known") {
    const Senders senders(account, hotel, "", {{"Lakeside", account}});
    CHECK(senders.is_known(hotel));
    CHECK(senders.is_known("Lakeside"));
    CHECK_FALSE(senders.is_known("lakeside"));
    CHECK_FALSE(senders.is_known(service));
    CHECK_FALSE(senders.is_known(""));
}
