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

/// "Yes", which may be meant otherwise.
ConsentEntry ambiguous(const std::string& scope, int minute) {
    ConsentEntry yes = entry(ConsentKind::opt_in, scope, minute);
    yes.ambiguous = true;
    return yes;
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

TEST_CASE(
    "Whose word keeps messages away: the scope's own, or the whole channel's that is newer than an opt-in") {
    struct Row {
        const char* what;
        LastWord scope;
        LastWord channel;
        OptOut expected;
    };
    constexpr LastWord silence;
    const auto row = GENERATE_COPY(values<Row>({
        {"nothing was said", silence, silence, OptOut::none},
        {"STOP", {1, true}, silence, OptOut::of_scope},
        {"START", {1, false}, silence, OptOut::none},
        {"told to staff", silence, {1, true}, OptOut::of_channel},
        {"told to staff, and taken back", silence, {2, false}, OptOut::none},
        {"told to staff after START", {1, false}, {2, true}, OptOut::of_channel},
        {"START after it was told to staff", {2, false}, {1, true}, OptOut::none},
        {"STOP, then told to staff", {1, true}, {2, true}, OptOut::of_scope},
        {"told to staff, then STOP", {2, true}, {1, true}, OptOut::of_scope},
        {"STOP, and staff took back theirs", {1, true}, {3, false}, OptOut::of_scope},
        {"STOP after staff took back theirs", {3, true}, {2, false}, OptOut::of_scope},
    }));
    INFO(row.what);
    CHECK(opt_out_of(row.scope, row.channel) == row.expected);
}

TEST_CASE("An ambiguous opt-in ends an opt-out of its scope and stands against nothing else") {
    using enum ConsentKind;
    struct Row {
        LastWord before;
        ConsentKind kind;
        bool ambiguous;
        LastWord after;
    };
    const auto row = GENERATE(values<Row>({
        {{0, false}, opt_out, false, {9, true}},
        {{5, false}, opt_out, true, {9, true}},
        {{5, true}, opt_in, false, {9, false}},
        {{5, true}, opt_in, true, {0, false}},
        {{5, false}, opt_in, true, {5, false}},
        {{0, false}, opt_in, true, {0, false}},
        {{5, true}, help, false, {5, true}},
        {{5, false}, help, true, {5, false}},
    }));
    const LastWord after = next_word(row.before, row.kind, row.ambiguous, 9);
    CHECK(after.seq == row.after.seq);
    CHECK(after.opted_out == row.after.opted_out);
}

TEST_CASE("What staff records for the whole channel shows in each scope's state") {
    using enum ConsentKind;
    const std::string all{whole_channel};
    struct State {
        std::string scope;
        bool opted_out;
        int since;
    };
    struct Row {
        const char* what;
        std::vector<ConsentEntry> ledger;
        std::vector<State> states;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"alone", {entry(opt_out, all, 1)}, {{all, true, 1}}},
        {"taken back", {entry(opt_out, all, 1), entry(opt_in, all, 2)}, {{all, false, 2}}},
        {"repeated", {entry(opt_out, all, 1), entry(opt_out, all, 2)}, {{all, true, 1}}},
        {"over START of before",
         {entry(opt_in, "A", 1), entry(opt_out, all, 2)},
         {{"A", true, 2}, {all, true, 2}}},
        {"START lifts it for its scope",
         {entry(opt_out, all, 1), entry(opt_in, "A", 2)},
         {{all, true, 1}, {"A", false, 2}}},
        {"START lifts it for no other scope",
         {entry(opt_in, "B", 1), entry(opt_out, all, 2), entry(opt_in, "A", 3)},
         {{"B", true, 2}, {all, true, 2}, {"A", false, 3}}},
        {"repeated after START",
         {entry(opt_out, all, 1), entry(opt_in, "A", 2), entry(opt_out, all, 3)},
         {{all, true, 1}, {"A", true, 3}}},
        {"STOP stays when it is taken back",
         {entry(opt_out, "A", 1), entry(opt_out, all, 2), entry(opt_in, all, 3)},
         {{"A", true, 1}, {all, false, 3}}},
        {"the provider's after it, which stays, too",
         {entry(opt_out, all, 1), entry(opt_out, "A", 2), entry(opt_in, all, 3)},
         {{all, false, 3}, {"A", true, 1}}},
        {"an ambiguous word lifts nothing of it",
         {entry(opt_out, all, 1), ambiguous("A", 2)},
         {{all, true, 1}, {"A", true, 1}}},
        {"nor after STOP, which it ends",
         {entry(opt_out, all, 1), entry(opt_out, "A", 2), ambiguous("A", 3), entry(opt_in, all, 4)},
         {{all, false, 4}, {"A", false, 4}}},
        {"another address's changes nothing",
         {entry(opt_in, "A", 1), entry(opt_out, all, 2, "+15550000001")},
         {{"A", false, 1}, {all, true, 2}}},
    }));
    INFO(row.what);
    const auto states = consent_states(row.ledger);
    REQUIRE(states.size() == row.states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
        INFO(i);
        CHECK(states[i].scope == row.states[i].scope);
        CHECK(states[i].opted_out == row.states[i].opted_out);
        CHECK(states[i].since == at(row.states[i].since));
    }
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
