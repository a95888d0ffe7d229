#include "telemetry/log.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <thread>
#include <vector>

#include "support/fake_clock.h"

using namespace jackgw;
using namespace jackgw::telemetry;

namespace {

/// Takes nothing.
struct BrokenBuffer : std::streambuf {
    std::streamsize xsputn(const char*, std::streamsize) override {
        ++writes;
        return 0;
    }
    int writes = 0;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("Lines below the level are not written") {
    std::ostringstream out;
    const Redactor redactor;
    const test::FakeClock clock;
    std::vector<Level> told;
    Log log({Format::text, Level::warning, [&](Level level) { told.push_back(level); }}, redactor, clock,
            stream_sink(out));
    CHECK_FALSE(log.enabled(Level::info));
    CHECK(log.enabled(Level::warning));
    log.debug("a");
    log.info("b", {{"x", 1}});
    log.warning("c", {{"x", 2}});
    log.error("d");
    CHECK(out.str() ==
          "2026-11-22T12:00:00.000000Z warning c x=2\n"
          "2026-11-22T12:00:00.000000Z error   d\n");
    CHECK(told == std::vector<Level>{Level::warning, Level::error});
}

TEST_CASE("Braces and percent signs are just text") {
    std::ostringstream out;
    const Redactor redactor;
    const test::FakeClock clock;
    Log log({}, redactor, clock, stream_sink(out));
    log.info("{} %s {0} %v {");
    CHECK(out.str() == "2026-11-22T12:00:00.000000Z info    {} %s {0} %v {\n");
}

TEST_CASE("The redactor's secrets of the moment are scrubbed") {
    std::ostringstream out;
    Redactor redactor;
    const test::FakeClock clock;
    Log log({Format::json, Level::info, {}}, redactor, clock, stream_sink(out));
    redactor.set_secrets("sms", {"swordfish"});
    log.info("token swordfish", {{"url", "https://u:swordfish@host/"}});
    CHECK(out.str() ==
          "{\"time\":\"2026-11-22T12:00:00.000000Z\",\"level\":\"info\",\"message\":\"token [secret]\","
          "\"url\":\"https://u:[secret]@host/\"}\n");
}

TEST_CASE("Lines of several threads stay whole") {
    std::ostringstream out;
    const Redactor redactor;
    const test::FakeClock clock;
    Log log({}, redactor, clock, stream_sink(out));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&log, t] {
            for (int i = 0; i < 250; ++i) log.info("line", {{"thread", t}, {"i", i}});
        });
    for (std::thread& thread : threads) thread.join();
    const auto lines = lines_of(out.str());
    CHECK(lines.size() == 1000);
    for (const std::string& line : lines)
        REQUIRE(line.starts_with("2026-11-22T12:00:00.000000Z info    line thread="));
}

TEST_CASE("A sink or an observer that throws loses the line, not the caller") {
    const Redactor redactor;
    const test::FakeClock clock;
    int told = 0;
    SECTION("sink") {
        BrokenBuffer buffer;
        std::ostream out(&buffer);
        out.exceptions(std::ios::badbit);
        Log log({}, redactor, clock, stream_sink(out));
        log.info("first");
        out.clear();
        log.info("second");
        CHECK(buffer.writes == 2);
    }
    SECTION("observer") {
        std::ostringstream out;
        const auto observer = [&](Level) {
            ++told;
            throw std::runtime_error("no counter");
        };
        Log log({Format::text, Level::info, observer}, redactor, clock, stream_sink(out));
        log.info("first");
        log.info("second");
        CHECK(told == 2);
        CHECK(lines_of(out.str()).size() == 2);
    }
}

TEST_CASE("Several logs live side by side") {
    std::ostringstream first;
    std::ostringstream second;
    const Redactor redactor;
    const test::FakeClock clock;
    Log a({}, redactor, clock, stream_sink(first));
    Log b({}, redactor, clock, stream_sink(second));
    Log silent({}, redactor, clock, null_sink());
    a.info("a");
    b.info("b");
    silent.error("c");
    CHECK(first.str().ends_with("a\n"));
    CHECK(second.str().ends_with("b\n"));
}
