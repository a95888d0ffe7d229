#include <catch2/catch.hpp>

#include "client_fixture.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;
using Kind = http::ClientResult::Kind;

namespace {

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// One byte every few milliseconds, for ever: never silent for long, never done.
void drip(Peer& peer, char byte) {
    while (peer.write({&byte, 1})) std::this_thread::sleep_for(10ms);
}

struct Fault {
    std::string name;
    FaultServer::Script script;
    Kind kind;
};

std::vector<Fault> faults() {
    return {
        {"closes without an answer", [](Peer& p) { p.read_request(); }, Kind::failed},
        {"resets without an answer", [](Peer& p) { p.read_request(), p.reset(); }, Kind::failed},
        {"closes in the headers", [](Peer& p) { p.read_request(), p.write("HTTP/1.1 200 OK\r\nCont"); },
         Kind::failed},
        {"closes in the body", [](Peer& p) { p.read_request(), p.write(ok.substr(0, ok.size() - 1)); },
         Kind::failed},
        {"resets in the body",
         [](Peer& p) { p.read_request(), p.write(ok.substr(0, ok.size() - 1)), p.reset(); }, Kind::failed},
        {"closes in a chunk",
         [](Peer& p) {
             p.read_request(), p.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
         },
         Kind::failed},
        {"talks nonsense", [](Peer& p) { p.read_request(), p.write("+OK POP3 ready\r\n\r\n"), p.hang(); },
         Kind::failed},
        {"contradicts itself",
         [](Peer& p) {
             p.read_request();
             p.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
             p.hang();
         },
         Kind::failed},
        {"hangs", [](Peer& p) { p.read_request(), p.hang(); }, Kind::timed_out},
        {"hangs in the body",
         [](Peer& p) { p.read_request(), p.write(ok.substr(0, ok.size() - 1)), p.hang(); }, Kind::timed_out},
        {"drips headers", [](Peer& p) { p.read_request(), p.write("HTTP/1.1 200 OK\r\nX: "), drip(p, 'x'); },
         Kind::timed_out},
        {"drips a body",
         [](Peer& p) {
             p.read_request(), p.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"), drip(p, 'x');
         },
         Kind::timed_out},
        {"announces too much",
         [](Peer& p) {
             p.read_request(), p.write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"), p.hang();
         },
         Kind::too_large},
        {"sends too large chunks",
         [](Peer& p) {
             p.read_request();
             p.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x') +
                     "\r\n1\r\nx");
             p.hang();
         },
         Kind::too_large},
        {"sends too much until it closes",
         [](Peer& p) { p.read_request(), p.write("HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x')); },
         Kind::too_large},
        {"sends endless headers",
         [](Peer& p) {
             p.read_request(), p.write("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x')), p.hang();
         },
         Kind::too_large},
    };
}

}  // namespace

TEST_CASE("Whatever a server does after the request, the request was written once and isn't repeated") {
    const bool tls = GENERATE(false, true);
    const bool kept = GENERATE(false, true);  // whether the fault meets a fresh connection or one used before
    for (const auto& fault : faults()) {
        CAPTURE(tls, kept, fault.name);
        Provider provider(tls, [&](Peer& peer) {
            if (kept && (!peer.read_request() || !peer.write(ok))) return;
            fault.script(peer);
        });
        const SystemClock clock;
        http::Client client(test_options(), clock);
        if (kept) REQUIRE(client.perform(provider.request()).kind == Kind::complete);

        auto request = provider.request(fault.kind == Kind::timed_out ? 150ms : 10'000ms);
        request.max_response_body = 1000;
        if (fault.name == "drips a body") request.max_response_body = 1'000'000;
        const auto start = std::chrono::steady_clock::now();
        const auto result = client.perform(request);
        const auto took = std::chrono::steady_clock::now() - start;
        CHECK(result.kind == fault.kind);
        CHECK(result.written);
        CHECK(result.reused == kept);
        CHECK(result.status == 0);
        CHECK(result.body.empty());
        CHECK_FALSE(result.error.empty());
        CHECK(result.error.find("secret") == std::string::npos);
        if (fault.kind == Kind::timed_out) CHECK(took >= 150ms);
        CHECK(took < 5s);
        CHECK(provider.server.connections() == 1);
        CHECK(provider.server.requests() == (kept ? 2 : 1));
    }
}

TEST_CASE("A kept connection that the server has closed is noticed before anything is written") {
    const bool tls = GENERATE(false, true);
    const bool reset = GENERATE(false, true);
    CAPTURE(tls, reset);
    Provider provider(tls, [&](Peer& peer) {
        if (!peer.read_request() || !peer.write(ok)) return;
        if (reset) peer.reset();
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    for (int i = 1; i <= 3; ++i) {
        const auto result = client.perform(provider.request());
        INFO(result.error);
        REQUIRE(result.kind == Kind::complete);
        CHECK_FALSE(result.reused);
        provider.server.wait_for_closed(i);
        CHECK(provider.server.requests() == i);
    }
}

TEST_CASE("A server that speaks unasked on a kept connection isn't given the next request") {
    // A 408 that a server sends before it closes an idle connection must not be taken for the next answer.
    const bool tls = GENERATE(false, true);
    CAPTURE(tls);
    std::mutex mutex;
    std::condition_variable changed;
    bool spoken = false;
    Provider provider(tls, [&](Peer& peer) {
        if (!peer.read_request() || !peer.write(ok)) return;
        if (peer.ordinal() == 0) {
            peer.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            const std::lock_guard lock(mutex);
            spoken = true;
            changed.notify_all();
        }
        peer.hang();
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    REQUIRE(client.perform(provider.request()).status == 200);
    {
        std::unique_lock lock(mutex);
        REQUIRE(changed.wait_for(lock, 10s, [&] { return spoken; }));
    }
    const auto result = client.perform(provider.request());
    CHECK(result.status == 200);
    CHECK_FALSE(result.reused);
}

TEST_CASE("An answer that comes before the request was read to its end counts") {
    Provider provider(false, [](Peer& peer) {
        peer.read_head();
        peer.write("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.body.assign(24 * 1024 * 1024, 'x');
    const auto result = client.perform(request);
    INFO(result.error);
    CHECK(result.kind == Kind::complete);
    CHECK(result.status == 413);
    CHECK(provider.server.requests() == 1);
}

TEST_CASE("A request that the server never takes was written in part when the time is over") {
    const bool tls = GENERATE(false, true);
    CAPTURE(tls);
    std::mutex mutex;
    std::condition_variable changed;
    bool over = false;
    Provider provider(tls, [&](Peer&) {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, 10s, [&] { return over; });
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request(1'000ms);
    request.body.assign(24 * 1024 * 1024, 'x');
    const auto result = client.perform(request);
    CHECK(result.kind == Kind::timed_out);
    CHECK(result.written);
    const std::lock_guard lock(mutex);
    over = true;
    changed.notify_all();
}
