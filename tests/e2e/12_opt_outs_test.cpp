// A guest says to staff that they want no more texts: what that stops, and who takes it back.
#include <catch2/catch.hpp>

#include "spa.h"

using namespace jackgw::test;

namespace {

/// A hotel with two numbers, and a guest who has written to the first one.
struct Hotel {
    Hotel() : stack(with_spa()) {
        text_to(stack, hotel_number, make_sid(1), "Please don't text me again");
        guest = "/guests/" + stack.list("/guests").at(0).at("id").get<std::string>();
    }

    Answer record(const std::string& kind) {
        return stack.api("POST", guest + "/consents", {{"kind", kind}, {"note", "asked at the desk"}});
    }

    Answer send(const std::string& from) {
        return stack.api("POST", "/messages",
                         {{"channel", "sms"}, {"to", guest_number}, {"from", from}, {"content", "Hello"}});
    }

    /// "sent", or why not.
    std::string outcome(const std::string& from) {
        const Answer answer = send(from);
        return answer.status == 202 ? "sent" : answer.json().at("error").at("code").get<std::string>();
    }

    Stack stack;
    std::string guest;
};

}  // namespace

TEST_CASE("12 who told staff to stop gets no text from any number, and nothing reaches the provider") {
    Hotel hotel;
    Stack& stack = hotel.stack;
    const Answer recorded = hotel.record("opt_out");
    CHECK(recorded.status == 200);
    CHECK(recorded.data() == stack.api("GET", hotel.guest).data());
    const Json ledger = recorded.data().at("consents");
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].at("source") == "staff");
    CHECK(ledger[0].at("scope").is_null());
    CHECK(ledger[0].at("note") == "asked at the desk");
    CHECK(ledger[0].at("recordedBy") == "front-desk");
    CHECK(recorded.data().at("consentStates").at(0).at("optedOut") == true);

    for (const char* from : {hotel_number, spa_number}) {
        const Answer refused = hotel.send(from);
        CHECK(refused.status == 422);
        CHECK(refused.json().at("error").at("code") == "UNSUBSCRIBED");
        CHECK_THAT(refused.json().at("error").at("message").get<std::string>(),
                   Catch::Contains("Staff has recorded"));
    }
    const Json conversation = stack.list("/conversations").at(0);
    CHECK(conversation.at("optedOut") == true);
    CHECK(stack
              .api("POST", "/conversations/" + conversation.at("id").get<std::string>() + "/messages",
                   {{"content", "Sorry"}})
              .status == 422);
    CHECK(stack.provider().create_requests() == 0);

    CHECK(stack.stop_gateway() == 0);
    stack.start_gateway();
    CHECK(hotel.outcome(hotel_number) == "UNSUBSCRIBED");
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("12 a message that waits when staff records it fails") {
    Hotel hotel;
    Stack& stack = hotel.stack;
    REQUIRE(stack.api("POST", "/outbox/pause").status == 200);
    const Json waiting = stack.send(guest_number, "Your table is ready");
    CHECK(hotel.record("opt_out").status == 200);
    REQUIRE(stack.api("POST", "/outbox/resume").status == 200);
    CHECK(stack.await_delivery(waiting.at("id"), "failed").at("errorCode") == "UNSUBSCRIBED");
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("12 START lifts what staff recorded for its number alone, until the guest says it again") {
    Hotel hotel;
    CHECK(hotel.record("opt_out").status == 200);
    text_to(hotel.stack, hotel_number, make_sid(2), "START");
    CHECK(hotel.outcome(hotel_number) == "sent");
    CHECK(hotel.outcome(spa_number) == "UNSUBSCRIBED");
    CHECK(hotel.record("opt_out").status == 200);
    CHECK(hotel.outcome(hotel_number) == "UNSUBSCRIBED");
}

TEST_CASE("12 an answer that says yes lifts a STOP, but not what staff recorded") {
    Hotel hotel;
    CHECK(hotel.record("opt_out").status == 200);
    text_to(hotel.stack, hotel_number, make_sid(2), "Yes");
    CHECK(hotel.outcome(hotel_number) == "UNSUBSCRIBED");
    CHECK(hotel.record("opt_in").status == 200);
    text_to(hotel.stack, hotel_number, make_sid(3), "STOP");
    CHECK(hotel.outcome(hotel_number) == "UNSUBSCRIBED");
    text_to(hotel.stack, hotel_number, make_sid(4), "yes");
    CHECK(hotel.outcome(hotel_number) == "sent");
}

TEST_CASE("12 staff takes back what staff recorded, never the guest's own STOP") {
    Hotel hotel;
    CHECK(hotel.record("opt_out").status == 200);
    CHECK(hotel.record("opt_in").status == 200);
    CHECK(hotel.outcome(hotel_number) == "sent");

    text_to(hotel.stack, hotel_number, make_sid(2), "STOP");
    const Answer refused = hotel.record("opt_in");
    CHECK(refused.status == 409);
    CHECK(refused.json().at("error").at("code") == "NO_STAFF_OPT_OUT");
    CHECK(hotel.record("opt_out").status == 200);
    CHECK(hotel.record("opt_in").status == 200);
    CHECK(hotel.outcome(hotel_number) == "UNSUBSCRIBED");
    CHECK(hotel.outcome(spa_number) == "sent");
    text_to(hotel.stack, hotel_number, make_sid(3), "START");
    CHECK(hotel.outcome(hotel_number) == "sent");
}

TEST_CASE("12 what isn't right is refused with its field, and nothing is recorded") {
    Hotel hotel;
    struct Row {
        Json body;
        std::string field;
    };
    for (const Row& row :
         {Row{{{"note", "by phone"}}, "kind"}, Row{{{"kind", "stop"}, {"note", "by phone"}}, "kind"},
          Row{{{"kind", "opt_out"}}, "note"},
          Row{{{"kind", "opt_out"}, {"note", "by phone"}, {"channel", "fax"}}, "channel"},
          Row{{{"kind", "opt_out"}, {"note", "by phone"}, {"from", hotel_number}}, "from"}}) {
        INFO(row.body);
        const Answer answer = hotel.stack.api("POST", hotel.guest + "/consents", row.body);
        CHECK(answer.status == 422);
        CHECK(answer.json().at("error").at("field") == row.field);
    }
    CHECK(hotel.stack
              .api("POST", "/guests/0193b1e6-0000-7000-8000-0000000000ff/consents",
                   {{"kind", "opt_out"}, {"note", "by phone"}})
              .status == 404);
    CHECK(hotel.stack.api("GET", hotel.guest).data().at("consents").empty());
    CHECK(hotel.outcome(hotel_number) == "sent");
}
