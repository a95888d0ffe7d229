#include "conversations/inbox.h"

#include <catch2/catch.hpp>
#include <functional>

#include "../../support/fake_clock.h"
#include "../../support/fake_store.h"
#include "base/utf8.h"

using namespace jackgw;
using namespace jackgw::conversations;

namespace {

const std::string replacement = "\xef\xbf\xbd";

struct House {
    test::FakeClock clock;
    test::FakeStore store{clock};
    std::vector<std::int32_t> segments;
    std::vector<std::string> statuses;
    Inbox inbox{store,
                store,
                clock,
                {.received = [this](std::string_view, std::int32_t count) { segments.push_back(count); },
                 .status_applied =
                     [this](std::string_view, const DeliveryReport& report) {
                         statuses.push_back(report.provider_status);
                     }}};

    static InboundMessage message() {
        InboundMessage inbound;
        inbound.channel = "sms";
        inbound.provider_message_id = "SM1";
        inbound.from = "+15559876543";
        inbound.to = "+15551234567";
        inbound.content = "Is breakfast included?";
        inbound.segments = 1;
        return inbound;
    }

    static Consent consent() {
        Consent stop;
        stop.kind = ConsentKind::opt_out;
        stop.channel = "sms";
        stop.address = "+15559876543";
        stop.scopes = {"+15551234567"};
        stop.source = "keyword";
        stop.keyword = "STOP";
        return stop;
    }

    static store::StatusUpdate update() {
        store::StatusUpdate status;
        status.channel = "sms";
        status.provider_message_id = "SM1";
        status.report.state = DeliveryState::delivered;
        status.report.provider_status = "delivered";
        return status;
    }

    InboundMessage stored(InboundMessage inbound) {
        const auto result = inbox.receive(std::move(inbound));
        if (const auto* bad = std::get_if<BadReport>(&result)) FAIL(bad->message);
        return store.received.back();
    }
};

}  // namespace

TEST_CASE("Texts are repaired, raw values stay as they came") {
    House house;
    InboundMessage inbound = House::message();
    inbound.content = std::string("a\0b\xff", 4);
    inbound.provider_status = "rec\xffived";
    inbound.media = {{"https://x.example/\xff", "image/\xff"}};
    inbound.raw = {{"Body", std::string("a\0b\xff", 4)}, {"Body", "again"}};

    const InboundMessage stored = house.stored(inbound);
    CHECK(stored.content == "a" + replacement + "b" + replacement);
    CHECK(stored.provider_status == "rec" + replacement + "ived");
    CHECK(stored.media[0].url == "https://x.example/" + replacement);
    CHECK(stored.media[0].content_type == "image/" + replacement);
    CHECK(stored.raw == inbound.raw);
}

TEST_CASE("A text beyond all measure is cut between characters, an ordinary one never") {
    House house;
    InboundMessage inbound = House::message();
    inbound.content = std::string(Inbox::max_content, 'x');
    CHECK(house.stored(inbound).content == inbound.content);

    inbound.content = std::string(Inbox::max_content - 1, 'x') + "é";
    const std::string cut = house.stored(inbound).content;
    CHECK(cut.size() == Inbox::max_content - 1);
    CHECK(is_valid_utf8(cut));
}

TEST_CASE("Media that can't be kept are left out, the message is not") {
    House house;
    InboundMessage inbound = House::message();
    inbound.media.assign(Inbox::max_media + 5, {"https://x.example/a.jpg", "image/jpeg"});
    inbound.media[0].url.clear();
    inbound.media[1].url = std::string(Inbox::max_url + 1, 'u');
    CHECK(house.stored(inbound).media.size() == Inbox::max_media);
}

TEST_CASE("A message that can't be identified is the plugin's mistake") {
    struct Row {
        std::function<void(InboundMessage&)> change;
        std::string names;
    };
    const auto row = GENERATE(values<Row>({
        {[](auto& m) { m.provider_message_id.clear(); }, "provider_message_id"},
        {[](auto& m) { m.provider_message_id = std::string(256, 'x'); }, "provider_message_id"},
        {[](auto& m) { m.provider_message_id = "a\xff"; }, "provider_message_id"},
        {[](auto& m) { m.provider_message_id = std::string("a\0b", 3); }, "provider_message_id"},
        {[](auto& m) { m.from.clear(); }, "from"},
        {[](auto& m) { m.to.clear(); }, "to"},
        {[](auto& m) { m.consent = House::consent(), m.consent->scopes.clear(); }, "consent.scopes"},
        {[](auto& m) { m.consent = House::consent(), m.consent->scopes.emplace_back(); }, "consent.scopes"},
        {[](auto& m) { m.consent = House::consent(), m.consent->address.clear(); }, "consent.address"},
    }));
    House house;
    InboundMessage inbound = House::message();
    row.change(inbound);
    const auto result = house.inbox.receive(inbound);
    REQUIRE(std::holds_alternative<BadReport>(result));
    CHECK_THAT(std::get<BadReport>(result).message, Catch::StartsWith(row.names));
    CHECK(house.store.received.empty());
    CHECK(house.segments.empty());
}

TEST_CASE("A keyword's consent travels with its message, each scope once") {
    House house;
    InboundMessage inbound = House::message();
    inbound.consent = House::consent();
    inbound.consent->channel.clear();
    inbound.consent->scopes = {"MG1", "+15551234567", "MG1"};
    const InboundMessage stored = house.stored(inbound);
    REQUIRE(stored.consent);
    CHECK(stored.consent->channel == "sms");
    CHECK(stored.consent->scopes == std::vector<std::string>{"+15551234567", "MG1"});
}

TEST_CASE("The clock stands in for a missing time") {
    House house;
    CHECK(house.stored(House::message()).received_at == house.clock.now());

    InboundMessage inbound = House::message();
    inbound.received_at = *parse_iso8601("2026-11-22T11:59:59Z");
    CHECK(house.stored(inbound).received_at == inbound.received_at);
}

TEST_CASE("Observers are told of what is new, and only then") {
    House house;
    house.stored(House::message());
    CHECK(house.segments == std::vector<std::int32_t>{1});
    house.store.receive_result.duplicate = true;
    house.stored(House::message());
    CHECK(house.segments.size() == 1);

    house.inbox.apply_status(House::update());
    CHECK(house.statuses == std::vector<std::string>{"delivered"});
    house.store.status_result = store::StatusResult::duplicate;
    house.inbox.apply_status(House::update());
    house.store.status_result = store::StatusResult::noted;
    house.inbox.apply_status(House::update());
    CHECK(house.statuses.size() == 1);

    house.store.broken = true;
    CHECK_THROWS_AS(house.inbox.receive(House::message()), Unavailable);
    CHECK(house.segments.size() == 1);
}

TEST_CASE("A delivery report is tidied; an attempt id that can't be ours is none") {
    House house;
    store::StatusUpdate update = House::update();
    update.attempt_id = "../../etc";
    update.report.error_message = std::string(2000, 'e') + "\xff";
    house.inbox.apply_status(update);
    REQUIRE(house.store.updates.size() == 1);
    CHECK(house.store.updates[0].attempt_id.empty());
    CHECK(house.store.updates[0].report.error_message.size() == Inbox::max_error_text);

    update.attempt_id = "0193b1e6-1111-7000-8000-000000000001";
    house.inbox.apply_status(update);
    CHECK(house.store.updates[1].attempt_id == update.attempt_id);

    update.provider_message_id.clear();
    CHECK(std::holds_alternative<BadReport>(house.inbox.apply_status(update)));
    CHECK(house.store.updates.size() == 2);
}

TEST_CASE("Where answers should come from is kept, unless it can't be an address") {
    struct Row {
        std::string told;
        std::string kept;
    };
    const auto row = GENERATE(values<Row>({
        {"MG1", "MG1"},
        {"", ""},
        {"MG\xff", ""},
        {std::string(513, 'x'), ""},
    }));
    House house;
    InboundMessage inbound = House::message();
    inbound.reply_from = row.told;
    CHECK(house.stored(inbound).reply_from == row.kept);
}

TEST_CASE("Scopes of a reported opt-out that can't be addresses are left out") {
    House house;
    store::StatusUpdate update = House::update();
    update.opted_out = true;
    update.opt_out_scopes = {"MG1", "", "MG\xff", std::string(513, 'x'), "MG2"};
    house.inbox.apply_status(update);
    CHECK(house.store.updates.at(0).opt_out_scopes == std::vector<std::string>{"MG1", "MG2"});
}

TEST_CASE("A consent without a message") {
    House house;
    store::ConsentReport report{House::consent(), "key", {}, {}};
    auto result = house.inbox.record_consent(report);
    REQUIRE(std::holds_alternative<bool>(result));
    CHECK(std::get<bool>(result));
    CHECK(house.store.consent_reports[0].received_at == house.clock.now());

    house.store.consent_result = false;
    CHECK_FALSE(std::get<bool>(house.inbox.record_consent(report)));

    report.dedup_key = std::string(256, 'k');
    CHECK(std::holds_alternative<BadReport>(house.inbox.record_consent(report)));
    CHECK(house.store.consent_reports.size() == 2);
}
