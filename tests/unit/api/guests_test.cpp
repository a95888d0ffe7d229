#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

TEST_CASE("A guest is found by channel and address, however it is written") {
    const auto written = GENERATE(as<std::string>{}, "%2B15559876543", "+15559876543", "%2B1%20555%209876543",
                                  "+1+555+9876543");
    INFO(written);
    House house;
    house.add_guest(test::id_a, "+15559876543");
    house.add_guest(test::id_b, "+15550000000");
    const Answer answer = house.get("/guests?channel=sms&address=" + written);
    REQUIRE(answer.status == 200);
    REQUIRE(answer.size("data") == 1);
    CHECK(answer.text("data[0].id") == test::id_a);
    CHECK(answer.at("nextCursor").isEmpty());
}

TEST_CASE("Nobody is an empty list, nonsense is refused") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    CHECK(house.get("/guests?channel=sms&address=%2B1999").size("data") == 0);
    CHECK(house.get("/guests?channel=fax&address=12").size("data") == 0);

    const Answer nonsense = house.get("/guests?channel=sms&address=room");
    CHECK(nonsense.status == 422);
    CHECK(nonsense.code() == "INVALID_NUMBER");
    CHECK(nonsense.field() == "address");
    CHECK(house.get("/guests?channel=sms").field() == "address");
    CHECK(house.get("/guests?address=1").field() == "channel");
}

TEST_CASE("Guests of a channel without its plugin are found by the stored address") {
    House house;
    house.channels.ready.clear();
    house.add_guest(test::id_a, "+15559876543");
    CHECK(house.get("/guests?channel=sms&address=%2B15559876543").size("data") == 1);
}

TEST_CASE("A guest is shown with identities and consents") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    ConsentEntry entry;
    entry.kind = ConsentKind::opt_out;
    entry.channel = "sms";
    entry.scope = "+15551234567";
    house.store.consents_by_guest[test::id_a] = {entry};
    const Answer answer = house.get("/guests/" + test::id_a);
    REQUIRE(answer.status == 200);
    CHECK(answer.text("data.identities[0].address") == "+15559876543");
    CHECK(answer.text("data.consents[0].kind") == "opt_out");
    CHECK(answer.text("data.consents[0].scope") == "+15551234567");
    CHECK(house.get("/guests").text("data[0].consents[0].kind") == "opt_out");
    CHECK(answer.text("data.consentStates[0].scope") == "+15551234567");
    CHECK(answer.text("data.consentStates[0].optedOut") == "true");
    CHECK(house.get("/guests/" + test::unknown_id).status == 404);
    CHECK(house.get("/guests/anna").status == 404);
}

TEST_CASE("Name and notes can be set and cleared one by one") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const std::string path = "/guests/" + test::id_a;
    Answer answer = house.call("PATCH", path, R"({"name":"Anna","notes":"Allergic to nuts"})");
    CHECK(answer.status == 200);
    CHECK(answer.text("data.name") == "Anna");
    CHECK(answer.text("data.notes") == "Allergic to nuts");
    answer = house.call("PATCH", path, R"({"name":null})");
    CHECK(answer.at("data.name").isEmpty());
    CHECK(answer.text("data.notes") == "Allergic to nuts");
}

TEST_CASE("Staff records what a guest said, under the name of their token") {
    struct Row {
        std::string body;
        ConsentKind kind;
    };
    const auto row = GENERATE(values<Row>({
        {R"({"kind":"opt_out","note":"by phone"})", ConsentKind::opt_out},
        {R"({"kind":"opt_in","channel":"sms","note":"by phone"})", ConsentKind::opt_in},
        {R"({"kind":"opt_out","channel":"sms","address":"+1 555 987 6543","note":"by phone"})",
         ConsentKind::opt_out},
    }));
    INFO(row.body);
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const std::string path = "/guests/" + test::id_a + "/consents";
    const Answer answer = house.call("POST", path, row.body, {}, "agent-token");
    CHECK(answer.status == 200);
    CHECK(answer.response.body == house.get("/guests/" + test::id_a).response.body);
    REQUIRE(house.store.staff_consents.size() == 1);
    const store::StaffConsent& said = house.store.staff_consents[0];
    CHECK(said.kind == row.kind);
    CHECK(said.guest.channel == "sms");
    CHECK(said.guest.address == "+15559876543");
    CHECK(said.note == "by phone");
    CHECK(said.recorded_by == "front-desk");
    CHECK(house.call("POST", path, row.body, {}, "reader-token").status == 403);
    CHECK(house.store.staff_consents.size() == 1);
}

TEST_CASE("A guest of several addresses must be told which is meant") {
    struct Row {
        std::string which;
        std::string field;
        std::string address;
    };
    const auto row = GENERATE(values<Row>({
        {"", "channel", ""},
        {R"(,"channel":"sms")", "address", ""},
        {R"(,"channel":"mail")", "", "ada@example.com"},
        {R"(,"channel":"sms","address":"+15550000001")", "", "+15550000001"},
        {R"(,"channel":"mail","address":"+15550000001")", "address", ""},
    }));
    INFO(row.which);
    House house;
    house.add_guest(test::id_a, "+15559876543").identities = {
        {"mail", "ada@example.com"}, {"sms", "+15550000001"}, {"sms", "+15559876543"}};
    const Answer answer = house.post("/guests/" + test::id_a + "/consents",
                                     R"({"kind":"opt_out","note":"by phone")" + row.which + "}");
    CHECK(answer.status == (row.field.empty() ? 200 : 422));
    CHECK(answer.field() == row.field);
    REQUIRE(house.store.staff_consents.size() == (row.field.empty() ? 1 : 0));
    if (row.field.empty()) CHECK(house.store.staff_consents[0].guest.address == row.address);
}

TEST_CASE("A consent under a key that is known is answered as before, or refused") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const auto [result, status, replayed] = GENERATE(table<store::StaffConsentResult, int, bool>({
        {store::StaffConsentResult::recorded, 200, false},
        {store::StaffConsentResult::repeated, 200, true},
        {store::StaffConsentResult::idempotency_conflict, 409, false},
    }));
    house.store.staff_consent_result = result;
    const Answer answer = house.call("POST", "/guests/" + test::id_a + "/consents",
                                     R"({"kind":"opt_out","note":"by phone"})", {{"Idempotency-Key", "k1"}});
    CHECK(answer.status == status);
    CHECK((http::find_header(answer.response.headers, "Idempotency-Replayed") == "true") == replayed);
    REQUIRE(house.store.staff_consents.size() == 1);
    CHECK(house.store.staff_consents[0].idempotency_key == "k1");
    CHECK_FALSE(house.store.staff_consents[0].request_hash.empty());
}

TEST_CASE("A consent that was recorded is answered as recorded, whatever has changed since") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    house.store.earlier_consent = store::StaffConsentResult::repeated;
    const auto post = [&] {
        // An address that the guest has no more, written in a way that the channel takes no more.
        return house.post("/guests/" + test::id_a + "/consents",
                          R"({"kind":"opt_out","note":"by phone","channel":"sms","address":"nonsense"})",
                          {{"Idempotency-Key", "k1"}});
    };
    const Answer again = post();
    CHECK(again.status == 200);
    CHECK(again.header("Idempotency-Replayed") == "true");
    house.store.earlier_consent = store::StaffConsentResult::idempotency_conflict;
    CHECK(post().code() == "IDEMPOTENCY_CONFLICT");
    house.store.earlier_consent.reset();
    CHECK(post().status == 422);
    CHECK(house.store.staff_consents.empty());
}

TEST_CASE("The AI may record what a guest wants no more, and take nothing back") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const auto [kind, status] = GENERATE(table<std::string, int>({{"opt_out", 200}, {"opt_in", 422}}));
    const Answer answer = house.post("/guests/" + test::id_a + "/consents",
                                     R"({"role":"ai","note":"wrote so","kind":")" + kind + "\"}");
    CHECK(answer.status == status);
    CHECK(answer.field() == (status == 422 ? "role" : ""));
    REQUIRE(house.store.staff_consents.size() == (status == 200 ? 1 : 0));
    if (status == 200) CHECK(house.store.staff_consents[0].role == Role::ai);
}

TEST_CASE("What the guest said themselves is not staff's to take back") {
    House house;
    house.add_guest(test::id_a, "+15559876543");
    house.store.staff_consent_result = store::StaffConsentResult::nothing_to_lift;
    const Answer answer =
        house.post("/guests/" + test::id_a + "/consents", R"({"kind":"opt_in","note":"by phone"})");
    CHECK(answer.status == 409);
    CHECK(answer.code() == "NO_STAFF_OPT_OUT");
    CHECK_THAT(answer.text("error.message"), Catch::Contains("START"));
}

TEST_CASE("A consent that isn't right") {
    struct Row {
        std::string id;
        std::string body;
        int status;
        std::string field;
    };
    const auto row = GENERATE(values<Row>({
        {test::unknown_id, R"({"kind":"opt_out","note":"by phone"})", 404, ""},
        {"anna", R"({"kind":"opt_out","note":"by phone"})", 404, ""},
        {test::id_a, "", 400, ""},
        {test::id_a, "{}", 422, "kind"},
        {test::id_a, R"({"note":"by phone"})", 422, "kind"},
        {test::id_a, R"({"kind":"help","note":"by phone"})", 422, "kind"},
        {test::id_a, R"({"kind":"OPT_OUT","note":"by phone"})", 422, "kind"},
        {test::id_a, R"({"kind":1,"note":"by phone"})", 422, "kind"},
        {test::id_a, R"({"kind":"opt_out"})", 422, "note"},
        {test::id_a, R"({"kind":"opt_out","note":" \n"})", 422, "note"},
        {test::id_a, R"({"kind":"opt_out","note":["by phone"]})", 422, "note"},
        {test::id_a, R"({"kind":"opt_out","note":"\u0000"})", 422, "note"},
        {test::id_a, R"({"kind":"opt_out","note":")" + std::string(1001, 'n') + "\"}", 422, "note"},
        {test::id_a, R"({"kind":"opt_out","note":"by phone","channel":"fax"})", 422, "channel"},
        {test::id_a, R"({"kind":"opt_out","note":"by phone","address":"+15559876543"})", 422, "channel"},
        {test::id_a, R"({"kind":"opt_out","note":"by phone","channel":"sms","address":"room"})", 422,
         "address"},
        {test::id_a, R"({"kind":"opt_out","note":"by phone","channel":"sms","address":"+15550000001"})", 422,
         "address"},
        {test::id_a, R"({"kind":"opt_out","note":"by phone","scope":"+15551234567"})", 422, "scope"},
    }));
    INFO(row.id << " " << row.body);
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const Answer answer = house.post("/guests/" + row.id + "/consents", row.body);
    CHECK(answer.status == row.status);
    CHECK(answer.field() == row.field);
    CHECK(house.store.staff_consents.empty());
}

TEST_CASE("A change of a guest that isn't right") {
    struct Row {
        std::string id;
        std::string body;
        int status;
        std::string field;
    };
    const auto row = GENERATE(values<Row>({
        {test::unknown_id, R"({"name":"Anna"})", 404, ""},
        {"anna", R"({"name":"Anna"})", 404, ""},
        {test::id_a, "{}", 422, ""},
        {test::id_a, R"({"name":1})", 422, "name"},
        {test::id_a, R"({"notes":"\u0000"})", 422, "notes"},
        {test::id_a, R"({"id":"x"})", 422, "id"},
        {test::id_a, R"({"name":"Anna","consents":[]})", 422, "consents"},
        {test::id_a, R"({"consentStates":[{"scope":"+15551234567","optedOut":false}]})", 422,
         "consentStates"},
        {test::id_a, R"({"name":")" + std::string(201, 'n') + "\"}", 422, "name"},
        {test::id_a, R"({"notes":")" + std::string(10'001, 'n') + "\"}", 422, "notes"},
        {test::id_a, "name=Anna", 400, ""},
    }));
    INFO(row.body);
    House house;
    house.add_guest(test::id_a, "+15559876543");
    const Answer answer = house.call("PATCH", "/guests/" + row.id, row.body);
    CHECK(answer.status == row.status);
    CHECK(answer.field() == row.field);
    CHECK(house.store.guests_by_id[test::id_a].name.empty());
}
