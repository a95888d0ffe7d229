// While nothing gets through, whatever the reason, messages wait: none fails, the provider isn't stormed, and
// afterwards each arrives, once.
#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <iostream>

#include "stack.h"

using namespace jackgw::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Three retries are over in a second: what would cost attempts would fail in each outage here.
StackOptions options() {
    StackOptions options;
    options.outbox = "settle_delay_s = 1\n";
    options.channel_outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [0.2, 0.2, 0.2]\n";
    options.simulator_arguments = {"--list-delay-ms", "0"};
    return options;
}

struct Outage {
    std::string name;
    int messages = 20;
    std::function<void(Stack&)> begin;
    std::function<void(Stack&)> end = [](Stack&) {};
    bool in_doubt = false;  // the provider may have taken what was answered
};

Outage faulted(const std::string& name, const Json& fault, bool in_doubt = false) {
    return {.name = name,
            .begin = [fault](Stack& stack) { stack.provider().add_fault(fault); },
            .end = [](Stack& stack) { stack.provider().clear_faults(); },
            .in_doubt = in_doubt};
}

Outage foreign(int status, bool in_doubt = false) {
    return faulted("HTML with " + std::to_string(status),
                   {{"kind", "foreign"}, {"value", status}, {"count", 0}}, in_doubt);
}

void use_base_url(Stack& stack, const std::string& url) {
    stack.options().api_base_url = url;
    stack.write_config();
    REQUIRE(stack.api("POST", "/plugins/sms/reload").status == 200);
}

Outage away(const std::string& name, int messages, seconds time) {
    return {.name = name, .messages = messages, .begin = [time](Stack& stack) {
                stack.provider().go_away(time);
                REQUIRE(eventually([&] {
                    try {
                        stack.provider().state();
                        return false;
                    } catch (const std::runtime_error&) {
                        return true;
                    }
                }));
            }};
}

/// The gateway can open no file and no connection more.
void take_descriptors(Stack& stack, rlimit& before) {
    const std::filesystem::path folder = "/proc/" + std::to_string(stack.gateway().pid()) + "/fd";
    rlim_t first_free = 0;
    while (std::filesystem::exists(std::filesystem::symlink_status(folder / std::to_string(first_free))))
        ++first_free;
    REQUIRE(prlimit(stack.gateway().pid(), RLIMIT_NOFILE, nullptr, &before) == 0);
    const rlimit none{first_free, before.rlim_max};
    REQUIRE(prlimit(stack.gateway().pid(), RLIMIT_NOFILE, &none, nullptr) == 0);
}

void give_descriptors(Stack& stack, const rlimit& before) {
    REQUIRE(prlimit(stack.gateway().pid(), RLIMIT_NOFILE, &before, nullptr) == 0);
}

/// How many attempts the messages have had, and where the messages stand.
struct Tally {
    std::size_t attempts = 0;
    std::size_t failed = 0;
    std::size_t delivered = 0;
    std::size_t unknown = 0;
};

Tally tally(Stack& stack, const std::vector<std::string>& ids) {
    Tally tally;
    for (const std::string& id : ids) {
        const Json message = stack.message(id);
        tally.attempts += message.at("attempts").size();
        const std::string state = message.at("deliveryStatus");
        tally.failed += state == "failed" ? 1 : 0;
        tally.delivered += state == "delivered" ? 1 : 0;
        tally.unknown += state == "unknown" ? 1 : 0;
    }
    return tally;
}

/// Each to a guest of its own, of whom there are at most a hundred.
std::vector<std::string> send(Stack& stack, const Outage& outage) {
    static int serial = 0;
    std::vector<std::string> ids;
    for (int i = 0; i < outage.messages; ++i)
        ids.push_back(stack
                          .send("+1555987" + std::to_string(3000 + i % 100),
                                outage.name + " " + std::to_string(serial++))
                          .at("id"));
    return ids;
}

bool is_over(Stack& stack, bool in_doubt, int& later) {
    // What the provider's list can prove absent it proves by what was sent later.
    if (in_doubt) stack.send("+15559879999", "later " + std::to_string(later++));
    const auto next = std::chrono::steady_clock::now() + milliseconds{500};
    return eventually([&] {
               const Json outbox = stack.api("GET", "/outbox").data();
               const bool idle = outbox.at("depth") == 0 && outbox.at("unknown") == 0;
               return idle || std::chrono::steady_clock::now() > next;
           }) &&
           std::chrono::steady_clock::now() <= next;
}

/// Bears the outage for so long, in which nothing may fail.
void bear(Stack& stack, Outage outage, seconds time) {
    INFO(outage.name);
    const auto begin = std::chrono::steady_clock::now();
    outage.begin(stack);
    const std::vector<std::string> ids = send(stack, outage);
    // The outage is what takes time here.
    eventually([&] { return std::chrono::steady_clock::now() - begin > time; }, time + seconds{1});
    const Tally meanwhile = tally(stack, ids);
    CHECK(meanwhile.failed == 0);
    CHECK(meanwhile.delivered == 0);
    CHECK((meanwhile.unknown > 0) == outage.in_doubt);
    // What was in flight when it began, and a probe now and then, twice as long after the last each time.
    std::cout << outage.name << ": " << meanwhile.attempts << " requests for " << ids.size()
              << " messages in " << time.count() << " s" << std::endl;
    CHECK(meanwhile.attempts >= 1);
    CHECK(meanwhile.attempts <= 16 + 8);
    CHECK(stack.api("GET", "/outbox").data().at("holds").size() == 1);
    outage.end(stack);

    int later = 0;
    CHECK(eventually([&] { return is_over(stack, outage.in_doubt, later); }, seconds{60}));
    CHECK(eventually([&] { return tally(stack, ids).delivered == ids.size(); }));
    std::map<std::string, int> texts;
    for (const Json& message : stack.provider().all_messages())
        ++texts[message.at("body").get<std::string>()];
    for (const std::string& id : ids) CHECK(texts[stack.message(id).at("content").get<std::string>()] == 1);
    CHECK(eventually([&] { return stack.api("GET", "/outbox").data().at("holds").empty(); }));
}

}  // namespace

TEST_CASE("19 nothing fails while nothing gets through; afterwards each message arrives, once") {
    Stack stack(options());
    // A first message, so that the gateway has its connection.
    REQUIRE(stack.await_delivery(stack.send(guest_number, "Welcome").at("id"), "delivered")
                .at("deliveryStatus") == "delivered");
    for (const Outage& outage : {
             faulted("too many requests", {{"kind", "429"}, {"count", 0}}),
             faulted("too many requests, come back later", {{"kind", "429"}, {"value", 1}, {"count", 0}}),
             foreign(302),
             foreign(403),
             foreign(404),
             foreign(200, true),
             foreign(502, true),
             {.name = "a name that nobody knows",
             .begin = [](Stack& whole) { use_base_url(whole, "https://api.twilio.invalid"); },
             .end = [](Stack& whole) { use_base_url(whole, ""); }},
         })
        bear(stack, outage, seconds{2});
}

TEST_CASE("19 a provider that refuses connections gets all that has waited when it is back, each once") {
    Stack stack(options());
    bear(stack, away("away, with 20 waiting", 20, seconds{3}), seconds{2});
    bear(stack, away("away, with 500 waiting", 500, seconds{8}), seconds{6});
}

TEST_CASE("19 a gateway without file descriptors fails no message, and goes on when it has some again") {
    Stack stack(options());
    REQUIRE(stack.api("POST", "/outbox/pause").status == 200);
    std::vector<std::string> ids;
    for (int i = 0; i < 20; ++i)
        ids.push_back(stack.send("+1555987" + std::to_string(3000 + i), "Hello").at("id"));
    // The connection of this request is the last one: what is resumed finds no descriptor.
    rlimit before{};
    take_descriptors(stack, before);
    const Answer resumed = stack.api("POST", "/outbox/resume");
    CHECK(resumed.status == 200);
    CHECK(eventually([&] { return stack.log().find("Too many open files") != std::string::npos; }));
    const auto begin = std::chrono::steady_clock::now();
    eventually([&] { return std::chrono::steady_clock::now() - begin > seconds{3}; });
    CHECK(stack.provider().create_requests() == 0);
    give_descriptors(stack, before);
    stack.http().close_idle();
    CHECK(eventually([&] { return tally(stack, ids).delivered == ids.size(); }, seconds{60}));
    const Tally afterwards = tally(stack, ids);
    std::cout << "no descriptors: " << afterwards.attempts - ids.size() << " attempts" << std::endl;
    CHECK(afterwards.attempts - ids.size() <= 16 + 8);
    CHECK(stack.provider().create_requests() == 20);
}
