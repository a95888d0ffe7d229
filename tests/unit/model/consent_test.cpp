#include "model/consent.h"

#include <catch2/catch.hpp>

using namespace jackgw;

namespace {

const Timestamp noon = *parse_iso8601("2026-11-22T12:00:00Z");

Timestamp at(int minute) {
    return noon + std::chrono::minutes{minute};
}

ConsentEntry entry(ConsentKind kind, const std::string& scope, int minute,
                   const std::string& address = "+15559876543") {
    ConsentEntry made;
    made.kind = kind;
    made.channel = "sms";
    made.address = address;
    made.scope = scope;
    made.at = at(minute);
    return made;
}

}  // namespace

TEST_CASE("What a ledger comes to, scope by scope") {
    using enum ConsentKind;
    struct Row {
        const char* what;
        std::vector<ConsentEntry> ledger;
        bool opted_out;
        int since;
    };
    const auto row = GENERATE(values<Row>({
        {"out", {entry(opt_out, "A", 1)}, true, 1},
        {"in", {entry(opt_in, "A", 1)}, false, 1},
        {"out and in", {entry(opt_out, "A", 1), entry(opt_in, "A", 2)}, false, 2},
        {"out twice", {entry(opt_out, "A", 1), entry(opt_out, "A", 2)}, true, 1},
        {"help changes nothing", {entry(opt_out, "A", 1), entry(help, "A", 2)}, true, 1},
        {"another scope changes nothing", {entry(opt_out, "A", 1), entry(opt_in, "B", 2)}, true, 1},
        {"another address changes nothing",
         {entry(opt_out, "A", 1), entry(opt_in, "A", 2, "+15550000001")},
         true,
         1},
    }));
    INFO(row.what);
    const auto states = consent_states(row.ledger);
    REQUIRE_FALSE(states.empty());
    CHECK(states[0].channel == "sms");
    CHECK(states[0].address == "+15559876543");
    CHECK(states[0].scope == "A");
    CHECK(states[0].opted_out == row.opted_out);
    CHECK(states[0].since == at(row.since));
}

TEST_CASE("Scopes come in the order in which they were named, each once") {
    using enum ConsentKind;
    const auto states =
        consent_states({entry(opt_out, "B", 1), entry(opt_out, "A", 1), entry(opt_in, "B", 2)});
    REQUIRE(states.size() == 2);
    CHECK(states[0].scope == "B");
    CHECK_FALSE(states[0].opted_out);
    CHECK(states[1].scope == "A");
    CHECK(states[1].opted_out);
    CHECK(consent_states({entry(help, "A", 1)}).empty());
    CHECK(consent_states({}).empty());
}
