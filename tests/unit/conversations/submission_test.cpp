#include "conversations/submission.h"

#include <catch2/catch.hpp>

#include "../../support/fake_clock.h"
#include "../../support/fake_mapper.h"
#include "../../support/fake_store.h"

using namespace jackgw;
using namespace jackgw::conversations;
using namespace std::chrono_literals;
using jackgw::store::EnqueueRefusal;

namespace {

struct House {
    test::FakeClock clock;
    test::FakeStore store{clock};
    test::FakeChannels channels;
    Submission submission{store, store, channels, clock};

    static SubmitRequest to_guest() {
        SubmitRequest request;
        request.channel = "sms";
        request.to = "+1 555 9876543";
        request.content = "Your room is ready";
        return request;
    }

    Refusal refused(const SubmitRequest& request) {
        auto result = submission.submit(request);
        REQUIRE(std::holds_alternative<Refusal>(result));
        return std::get<Refusal>(result);
    }

    OutboundMessage stored(const SubmitRequest& request) {
        auto result = submission.submit(request);
        if (const auto* refusal = std::get_if<Refusal>(&result)) FAIL(refusal->message);
        REQUIRE_FALSE(store.enqueued.empty());
        return store.enqueued.back();
    }
};

}  // namespace

TEST_CASE("The mapper learns which of ours a guest is known by, whether a sender is named or not") {
    House house;
    Conversation conversation;
    conversation.channel = "sms";
    conversation.guest_address = "+15559876543";
    conversation.gateway_address = "+15550000009";
    conversation.state = ConversationState::active;
    house.store.conversations_by_id["c1"] = conversation;
    SubmitRequest request = House::to_guest();
    request.from = GENERATE(as<std::string>{}, "", "+15550000002");
    std::string known_by;
    house.channels.fake_mapper->on_map = [&](const Draft& draft) { known_by = draft.reply_from; };
    CHECK(house.stored(request).from == (request.from.empty() ? "+15550000009" : request.from));
    CHECK(known_by == "+15550000009");
}

TEST_CASE("A message is stored as the channel's mapper made it") {
    House house;
    SubmitRequest request = House::to_guest();
    request.role = Role::ai;
    request.priority = Priority::urgent;
    request.media_urls = {"https://hotel.example/map.png"};
    request.metadata = R"({"booking":12})";
    request.idempotency_key = "key-1";
    request.idempotency_owner = "front-desk";
    request.request_hash = "hash";

    const OutboundMessage message = house.stored(request);
    CHECK(message.channel == "sms");
    CHECK(message.to == "+15559876543");
    CHECK(message.from == "+15550000001");
    CHECK(message.role == Role::ai);
    CHECK(message.content == request.content);
    CHECK(message.media_urls == request.media_urls);
    CHECK(message.encoding == "GSM-7");
    CHECK(message.segments == 2);
    CHECK(message.priority == Priority::urgent);
    CHECK(message.metadata == request.metadata);
    CHECK(message.idempotency_key == "key-1");
    CHECK(message.idempotency_owner == "front-desk");
    CHECK(message.request_hash == "hash");
}

TEST_CASE("Channel and recipient come from the conversation where one is named") {
    House house;
    Conversation conversation;
    conversation.id = "c1";
    conversation.channel = "sms";
    conversation.guest_address = "+15551112222";
    house.store.conversations_by_id["c1"] = conversation;

    SubmitRequest request;
    request.conversation_id = "c1";
    request.content = "Welcome back";
    const OutboundMessage message = house.stored(request);
    CHECK(message.conversation_id == "c1");
    CHECK(message.channel == "sms");
    CHECK(message.to == "+15551112222");

    request.conversation_id = "other";
    CHECK(house.refused(request).kind == RefusalKind::not_found);
}

TEST_CASE("What can't be sent is refused with the field named and nothing is stored") {
    struct Row {
        const char* what;
        std::function<void(SubmitRequest&)> change;
        RefusalKind kind;
        std::string field;
        std::string code;
    };
    const auto row = GENERATE(values<Row>({
        {"unknown channel", [](auto& r) { r.channel = "fax"; }, RefusalKind::invalid, "channel",
         "VALIDATION_FAILED"},
        {"channel that isn't ready", [](auto& r) { r.channel = "whatsapp"; }, RefusalKind::unavailable,
         "channel", "CHANNEL_UNAVAILABLE"},
        {"no content", [](auto& r) { r.content = ""; }, RefusalKind::invalid, "content", "VALIDATION_FAILED"},
        {"blank content", [](auto& r) { r.content = " \r\n\t"; }, RefusalKind::invalid, "content",
         "VALIDATION_FAILED"},
        {"bad address", [](auto& r) { r.to = "room 12"; }, RefusalKind::invalid, "to", "INVALID_NUMBER"},
        {"too long", [](auto& r) { r.content = std::string(21, 'x'); }, RefusalKind::invalid, "content",
         "CONTENT_TOO_LONG"},
        {"expired", [](auto& r) { r.expires_at = parse_iso8601("2026-11-22T12:00:00Z"); },
         RefusalKind::invalid, "expiresAt", "VALIDATION_FAILED"},
        {"expires before it may go",
         [](auto& r) {
             r.send_at = parse_iso8601("2026-11-23T12:00:00Z");
             r.expires_at = parse_iso8601("2026-11-23T11:00:00Z");
         },
         RefusalKind::invalid, "expiresAt", "VALIDATION_FAILED"},
        {"never expires", [](auto& r) { r.expires_at = parse_iso8601("2099-01-01T00:00:00Z"); },
         RefusalKind::invalid, "expiresAt", "VALIDATION_FAILED"},
        {"too far ahead", [](auto& r) { r.send_at = parse_iso8601("2099-01-01T00:00:00Z"); },
         RefusalKind::invalid, "sendAt", "VALIDATION_FAILED"},
    }));
    INFO(row.what);
    House house;
    SubmitRequest request = House::to_guest();
    row.change(request);
    const Refusal refusal = house.refused(request);
    CHECK(refusal.kind == row.kind);
    CHECK(refusal.field == row.field);
    CHECK(refusal.code == row.code);
    CHECK_FALSE(refusal.message.empty());
    CHECK(house.store.enqueued.empty());
}

TEST_CASE("The store's refusals are explained") {
    struct Row {
        EnqueueRefusal reason;
        RefusalKind kind;
        std::string code;
    };
    const auto row = GENERATE(values<Row>({
        {EnqueueRefusal::opted_out, RefusalKind::opted_out, "UNSUBSCRIBED"},
        {EnqueueRefusal::opted_out_by_staff, RefusalKind::opted_out, "UNSUBSCRIBED"},
        {EnqueueRefusal::no_conversation, RefusalKind::not_found, "NOT_FOUND"},
        {EnqueueRefusal::conversation_closed, RefusalKind::conflict, "CONVERSATION_CLOSED"},
        {EnqueueRefusal::idempotency_conflict, RefusalKind::conflict, "IDEMPOTENCY_CONFLICT"},
    }));
    House house;
    house.store.enqueue_refusal = row.reason;
    const Refusal refusal = house.refused(House::to_guest());
    CHECK(refusal.kind == row.kind);
    CHECK(refusal.code == row.code);
}

TEST_CASE("A message that names no expiry gets a lifetime, which the store counts") {
    House house;
    SubmitRequest request = House::to_guest();
    const Timestamp now = house.clock.now();
    CHECK_FALSE(house.stored(request).expires_at);
    CHECK(house.stored(request).lifetime == 10h);

    request.send_at = now + 12h;
    CHECK_FALSE(house.stored(request).expires_at);
    CHECK(house.stored(request).lifetime == 10h);

    request.expires_at = now + 13h;
    CHECK(house.stored(request).expires_at == now + 13h);
}

TEST_CASE("Media alone make a message") {
    House house;
    SubmitRequest request = House::to_guest();
    request.content = "";
    request.media_urls = {"https://hotel.example/map.png"};
    CHECK(house.stored(request).media_urls.size() == 1);
}

TEST_CASE("What speaks against its media refuses a message before anything is stored") {
    House house;
    SubmitRequest request = House::to_guest();
    house.channels.fake_media->problem = Problem{"mediaUrls", "MEDIA_UNREACHABLE", "the server answered 404"};
    CHECK(house.stored(request).content == request.content);
    CHECK(house.channels.fake_media->checked.empty());

    request.media_urls = {"https://hotel.example/map.png", "https://hotel.example/key.png"};
    const Refusal refusal = house.refused(request);
    CHECK(refusal.kind == RefusalKind::invalid);
    CHECK(refusal.field == "mediaUrls");
    CHECK(refusal.code == "MEDIA_UNREACHABLE");
    CHECK(refusal.message == "the server answered 404");
    CHECK(house.channels.fake_media->checked == std::vector<std::vector<std::string>>{request.media_urls});
    CHECK(house.store.enqueued.size() == 1);
}

TEST_CASE("Media aren't asked about where the mapper has refused the message") {
    House house;
    SubmitRequest request = House::to_guest();
    request.content = "more than twenty bytes of text";
    request.media_urls = {"https://hotel.example/map.png"};
    CHECK(house.refused(request).code == "CONTENT_TOO_LONG");
    CHECK(house.channels.fake_media->checked.empty());
}

TEST_CASE("The mapper is done with before the store is asked to write") {
    House house;
    std::size_t stored_at_mapping = 99;
    house.channels.fake_mapper->on_map = [&](const Draft&) {
        stored_at_mapping = house.store.enqueued.size();
    };
    house.stored(House::to_guest());
    CHECK(stored_at_mapping == 0);
    CHECK(house.channels.fake_mapper.use_count() == 1);
}

TEST_CASE("A preview looks at content and media only and stores nothing") {
    House house;
    const auto result = house.submission.preview("sms", "Hello", {});
    REQUIRE(std::holds_alternative<Mapped>(result));
    CHECK(std::get<Mapped>(result).units == 5);
    CHECK(std::get<Mapped>(result).parts == std::vector<std::string>{"Hello"});
    CHECK(house.store.enqueued.empty());

    const auto refused = house.submission.preview("sms", std::string(21, 'x'), {});
    REQUIRE(std::holds_alternative<Refusal>(refused));
    CHECK(std::get<Refusal>(refused).field == "content");
}

TEST_CASE("A store that can't work now is not a refusal") {
    House house;
    house.store.broken = true;
    CHECK_THROWS_AS(house.submission.submit(House::to_guest()), Unavailable);
}

TEST_CASE("The pieces of a long text are stored as the channel made them") {
    House house;
    house.channels.fake_mapper->adjust = [](Mapped& mapped) {
        mapped.pieces = {{"(1/2)", "GSM-7", 5, 0}, {"(2/2)", "UCS-2", 5, 4'000'000'000u}};
    };
    const OutboundMessage message = house.stored(House::to_guest());
    REQUIRE(message.pieces.size() == 2);
    CHECK(message.pieces[0].content == "(1/2)");
    CHECK(message.pieces[0].segments == 1);
    CHECK(message.pieces[1].encoding == "UCS-2");
    CHECK(message.pieces[1].segments == 10'000);
    CHECK(house.store.enqueued.size() == 1);
}

TEST_CASE("What the channel warns of comes back with the message") {
    House house;
    house.channels.fake_mapper->adjust = [](Mapped& mapped) { mapped.truncated = true; };
    const auto result = house.submission.submit(House::to_guest());
    REQUIRE(std::holds_alternative<Submitted>(result));
    CHECK(std::get<Submitted>(result).truncated);
    CHECK(std::get<Submitted>(result).warnings == std::vector<std::string>{"made for tests"});
}

TEST_CASE("Answers go from the address that the guest's conversation is kept with") {
    House house;
    Conversation conversation;
    conversation.id = "c1";
    conversation.channel = "sms";
    conversation.state = ConversationState::active;
    conversation.guest_address = "+15559876543";
    conversation.gateway_address = "+15551230000";

    SubmitRequest request = House::to_guest();
    std::string expected = "+15551230000";
    SECTION("in a conversation") {
        request = {};
        request.conversation_id = "c1";
        request.content = "Welcome";
    }
    SECTION("by address, however it is written") {}
    SECTION("but not where the message names its sender") {
        request.from = expected = "+15550000002";
    }
    SECTION("but not where the conversation is closed") {
        conversation.state = ConversationState::closed;
        expected = "+15550000001";
    }
    SECTION("but not another guest's") {
        request.to = "+15550009999";
        expected = "+15550000001";
    }
    house.store.conversations_by_id["c1"] = conversation;
    CHECK(house.stored(request).from == expected);
}

TEST_CASE("The mapper decides whether it can answer from there, also for what is shown") {
    House house;
    Conversation conversation;
    conversation.channel = "sms";
    conversation.guest_address = "+15559876543";
    conversation.gateway_address = "+15551230000";
    CHECK(house.submission.answer_sender(conversation) == "+15551230000");
    house.channels.fake_mapper->adjust = [](Mapped& mapped) { mapped.from = "MG1"; };
    CHECK(house.submission.answer_sender(conversation) == "MG1");
    SECTION("a channel that isn't ready") {
        house.channels.ready.clear();
    }
    SECTION("an address that the channel refuses now") {
        conversation.guest_address = "nobody";
    }
    CHECK(house.submission.answer_sender(conversation) == "+15551230000");
}
