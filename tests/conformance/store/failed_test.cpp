// Failed messages as operators work with them: found by what is named of them, counted, discarded.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

using Contents = std::vector<std::string>;

FailedFilter named(const std::function<void(FailedFilter&)>& name) {
    FailedFilter filter;
    name(filter);
    return filter;
}

/// Fails a message on a channel, for good.
Message fail(StoreTest& test, const std::string& content, const std::string& code, std::int32_t provider_code,
             bool retryable, const std::string& channel = "sms") {
    OutboundMessage wish = test.outbound(content);
    wish.channel = channel;
    const Message message = test.enqueue(wish);
    Outcome rejected = outcome(OutcomeKind::rejected, code);
    rejected.provider_error_code = provider_code;
    rejected.retryable = retryable;
    test.store->finish_attempt(finish_of(test.claim({channel, hotel_number}).value(), rejected));
    return message;
}

Contents listed(StoreTest& test, const FailedFilter& filter = {}, const Scope& within = {}) {
    Contents found;
    std::optional<std::int64_t> after;
    do {
        const auto page = test.store->failed_messages(filter, after, 2, within);
        if (page.next) CHECK(page.items.size() == 2);
        for (const Message& message : page.items) found.push_back(message.content);
        after = page.next;
    } while (after);
    CHECK(test.store->count_failed(filter, within) == static_cast<std::int64_t>(found.size()));
    return found;
}

/// Five messages, a minute apart: "e" is the latest. "b" was retried.
struct Failures : StoreTest {
    Failures() {
        store->place_channels({{"fax", "airport"}, {"sms", "harbour"}});
        start = now();
        fail(*this, "a", "UNREACHABLE", 30003, true);
        pass(1min);
        const Message b = fail(*this, "b", "UNREACHABLE", 30005, false);
        pass(1min);
        fail(*this, "c", "CARRIER_VIOLATION", 30007, false);
        pass(1min);
        fail(*this, "d", "UNREACHABLE", 30003, true, "fax");
        pass(1min);
        fail(*this, "e", "UNREACHABLE", 30003, true);
        OutboundMessage retry = outbound("retry of b");
        retry.retry_of = b.id;
        enqueue(retry);
    }

    Timestamp start{};
};

const Scope harbour{{{"harbour"}}};
const Scope airport{{{"airport"}}};

}  // namespace

TEST_CASE("Failed messages are found by what is named of them") {
    Failures test;
    const auto [filter, found] = GENERATE_REF(table<FailedFilter, Contents>({
        {FailedFilter{}, {"e", "d", "c", "b", "a"}},
        {named([&](FailedFilter& f) { f.channel = "sms"; }), {"e", "c", "b", "a"}},
        {named([&](FailedFilter& f) { f.channel = "none"; }), {}},
        {named([&](FailedFilter& f) { f.error_code = "UNREACHABLE"; }), {"e", "d", "b", "a"}},
        {named([&](FailedFilter& f) { f.provider_error_code = 30003; }), {"e", "d", "a"}},
        {named([&](FailedFilter& f) { f.since = test.start + 1min; }), {"e", "d", "c", "b"}},
        {named([&](FailedFilter& f) { f.until = test.start + 1min; }), {"a"}},
        {named([&](FailedFilter& f) {
             f.since = test.start + 1min;
             f.until = test.start + 3min;
         }),
         {"c", "b"}},
        {named([&](FailedFilter& f) { f.retryable = true; }), {"e", "d", "a"}},
        {named([&](FailedFilter& f) { f.retryable = false; }), {"c", "b"}},
        {named([&](FailedFilter& f) { f.retried = true; }), {"b"}},
        {named([&](FailedFilter& f) { f.retried = false; }), {"e", "d", "c", "a"}},
        {named([&](FailedFilter& f) {
             f.channel = "sms";
             f.error_code = "UNREACHABLE";
             f.provider_error_code = 30003;
             f.since = test.start;
             f.until = test.start + 1h;
             f.retryable = true;
             f.retried = false;
         }),
         {"e", "a"}},
    }));
    CHECK(listed(test, filter) == found);
}

TEST_CASE("A filter finds nothing that is another property's") {
    Failures test;
    const FailedFilter filter = named([](FailedFilter& f) { f.provider_error_code = 30003; });
    CHECK(listed(test, filter, harbour) == Contents{"e", "a"});
    CHECK(listed(test, filter, airport) == Contents{"d"});
    CHECK(test.store->discard_failed(filter, 10, airport) == 1);
    CHECK(listed(test, filter) == Contents{"e", "a"});
    CHECK(test.store->discard_failed(named([&](FailedFilter& f) { f.channel = "sms"; }), 10, airport) == 0);
    CHECK(listed(test, filter) == Contents{"e", "a"});
}

TEST_CASE("What is discarded is listed no more and stays in its conversation") {
    Failures test;
    const Message before = test.store->failed_messages({}, std::nullopt, 1).items.at(0);
    test.pass(1s);
    CHECK(test.store->discard_failed(named([&](FailedFilter& f) { f.error_code = "UNREACHABLE"; }), 2) == 2);
    CHECK(listed(test) == Contents{"c", "b", "a"});
    CHECK(test.store->discard_failed(named([&](FailedFilter& f) { f.error_code = "UNREACHABLE"; }), 2) == 2);
    CHECK(test.store->discard_failed(named([&](FailedFilter& f) { f.error_code = "UNREACHABLE"; }), 2) == 0);
    test.reopen();
    CHECK(listed(test) == Contents{"c"});

    const Message after = test.message(before.id);
    CHECK(after.delivery == before.delivery);
    CHECK(after.discarded_at == test.now());
    CHECK(after.updated_at == test.now());
    CHECK(test.store->messages(before.conversation_id, std::nullopt, 10).items.size() == 5);
}

TEST_CASE("What was discarded can still be sent anew, and is listed if that fails") {
    StoreTest test;
    const Message original = fail(test, "Welcome", "UNREACHABLE", 30003, true);
    test.store->discard_failed({}, 10);
    OutboundMessage retry = test.outbound("again");
    retry.retry_of = original.id;
    test.enqueue(retry);
    test.store->finish_attempt(finish_of(*test.claim(), outcome(OutcomeKind::rejected, "UNREACHABLE")));
    CHECK(listed(test) == Contents{"again"});
}

TEST_CASE("What was delivered after all is listed no more") {
    StoreTest test;
    test.answer("Welcome");
    test.accept(*test.claim());
    test.store->apply_status(test.status("failed"));
    CHECK(listed(test) == Contents{"Welcome"});
    test.store->apply_status(test.status("delivered"));
    CHECK(listed(test).empty());
    CHECK(test.store->discard_failed({}, 10) == 0);
}
