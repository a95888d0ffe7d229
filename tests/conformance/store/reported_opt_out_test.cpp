// Opt-outs of which the provider tells, in its answer or in a report.

#include <algorithm>
#include <functional>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

using Scopes = std::vector<std::string>;

Outcome refusal_with(const Scopes& scopes) {
    Outcome rejected = outcome(OutcomeKind::rejected, "UNSUBSCRIBED");
    rejected.opted_out = true;
    rejected.opt_out_scopes = scopes;
    return rejected;
}

StatusUpdate report_with(const StoreTest& test, const Scopes& scopes, const std::string& word = "failed") {
    StatusUpdate update = test.status(word);
    update.report.error_code = "UNSUBSCRIBED";
    update.report.provider_error_code = 21610;
    update.opted_out = true;
    update.opt_out_scopes = scopes;
    return update;
}

/// The scopes of all opt-outs in the ledger, in its order.
Scopes ledger(StoreTest& test) {
    const auto guest = test.store->guest_by_address("sms", guest_number);
    REQUIRE(guest);
    Scopes scopes;
    for (const ConsentEntry& entry : test.store->consents(guest->id)) {
        CHECK(entry.kind == ConsentKind::opt_out);
        CHECK(entry.source == "provider");
        scopes.push_back(entry.scope);
    }
    return scopes;
}

std::ptrdiff_t consent_events(StoreTest& test) {
    return std::ranges::count(test.store->events(0, 1000), "guest.consent", &Event::type);
}

}  // namespace

TEST_CASE("An opt-out holds for the message's sender and for each scope that comes with it") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    const Scopes told{"MG1", hotel_number, "MG2", "MG1"};
    SECTION("from the provider's answer") {
        test.store->finish_attempt(finish_of(*claim, refusal_with(told)));
    }
    SECTION("from a report") {
        test.accept(*claim);
        CHECK(test.store->apply_status(report_with(test, told)) == StatusResult::applied);
    }
    SECTION("from a report that overtakes the answer") {
        CHECK(test.store->apply_status(report_with(test, told)) == StatusResult::no_message);
        CHECK(ledger(test).empty());
        test.accept(*claim);
    }
    SECTION("from a report that overtakes the answer and names the attempt") {
        StatusUpdate update = report_with(test, told);
        update.attempt_id = claim->attempt_id;
        CHECK(test.store->apply_status(update) == StatusResult::applied);
        test.accept(*claim);
    }
    CHECK(ledger(test) == Scopes{hotel_number, "MG1", "MG2"});
    CHECK(consent_events(test) == 1);
    CHECK(test.message(message.id).delivery.state == DeliveryState::failed);
    for (const char* scope : {"+15551234567", "MG1", "MG2"})
        CHECK(test.store->opted_out("sms", guest_number, scope));
    CHECK_FALSE(test.store->opted_out("sms", guest_number, "MG3"));
    CHECK_FALSE(test.store->opted_out("sms", "+15550000001", hotel_number));
    CHECK_FALSE(test.store->opted_out("whatsapp", guest_number, hotel_number));
}

TEST_CASE("An opt-out that names no scope holds for the message's sender") {
    StoreTest test;
    test.answer("Welcome");
    test.store->finish_attempt(finish_of(*test.claim(), refusal_with({})));
    CHECK(ledger(test) == Scopes{hotel_number});
}

TEST_CASE("Scopes without an opt-out say nothing") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.accept(*test.claim());
    StatusUpdate update = report_with(test, {"MG1"});
    update.opted_out = false;
    test.store->apply_status(update);
    CHECK(test.message(message.id).delivery.state == DeliveryState::failed);
    CHECK(ledger(test).empty());
}

TEST_CASE("A report that comes again is recorded once") {
    StoreTest test;
    test.answer("Welcome");
    test.accept(*test.claim());
    CHECK(test.store->apply_status(report_with(test, {"MG1"})) == StatusResult::applied);
    CHECK(test.store->apply_status(report_with(test, {"MG1"})) == StatusResult::duplicate);
    SECTION("also under another word") {
        CHECK(test.store->apply_status(report_with(test, {"MG1"}, "undelivered")) == StatusResult::noted);
    }
    CHECK(ledger(test) == Scopes{hotel_number, "MG1"});
    CHECK(consent_events(test) == 1);
}

TEST_CASE("Only what is new is added to the ledger") {
    StoreTest test;
    test.store->record_consent(consent_report(ConsentKind::opt_out, "MG1", test.now()));
    test.answer("Welcome");
    test.accept(*test.claim());
    test.store->apply_status(report_with(test, {"MG1", "MG2"}));
    CHECK(ledger(test) == Scopes{"MG1", hotel_number, "MG2"});
}

TEST_CASE("An opt-out that a message met is older than a START written after the message went out") {
    StoreTest test;
    test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    test.pass(1s);
    const auto start = [&] {
        test.pass(1s);
        test.store->record_consent(consent_report(ConsentKind::opt_in, hotel_number, test.now()));
        test.pass(1s);
    };
    const auto check_sender_is_free = [&] {
        CHECK_FALSE(test.store->opted_out("sms", guest_number, hotel_number));
        CHECK(test.store->opted_out("sms", guest_number, "MG1"));  // of which START said nothing
    };
    SECTION("the provider's answer comes late") {
        start();
        test.store->finish_attempt(finish_of(*claim, refusal_with({"MG1"})));
        check_sender_is_free();
    }
    SECTION("the report comes late") {
        test.accept(*claim);
        start();
        test.store->apply_status(report_with(test, {"MG1"}));
        check_sender_is_free();
    }
    SECTION("the report overtakes the answer, START both") {
        test.store->apply_status(report_with(test, {"MG1"}));
        start();
        test.accept(*claim);
        check_sender_is_free();
    }
    SECTION("the clock is set back meanwhile") {
        test.accept(*claim);
        test.clock.set_wall_by(-1h);
        start();
        test.store->apply_status(report_with(test, {"MG1"}));
        check_sender_is_free();
    }
    SECTION("START came before the message went out, so the provider still holds the opt-out") {
        test.accept(*claim);
        start();
        test.answer("Welcome again");
        const auto later = test.claim();
        REQUIRE(later);
        test.store->finish_attempt(finish_of(*later, refusal_with({})));
        CHECK(test.store->opted_out("sms", guest_number, hotel_number));
    }
}

TEST_CASE("Opting in again lifts the scopes that it names, and no other") {
    StoreTest test;
    test.answer("Welcome");
    test.accept(*test.claim());
    test.store->apply_status(report_with(test, {"MG1", "MG2"}));
    ConsentReport start = consent_report(ConsentKind::opt_in, "MG1", test.now());
    start.consent.scopes.emplace_back("MG2");
    test.store->record_consent(start);
    CHECK(test.store->opted_out("sms", guest_number, hotel_number));
    CHECK_FALSE(test.store->opted_out("sms", guest_number, "MG1"));
    CHECK_FALSE(test.store->opted_out("sms", guest_number, "MG2"));
}
