// kill -9 at any moment while messages are sent through a provider on its worst days: each message that was
// acknowledged is sent once or truthfully not at all, and no doubt remains that the provider could settle.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <random>

#include "lasting_port.h"
#include "outbox_judge.h"

using namespace jackgw::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const std::vector<std::string> our_numbers{hotel_number, "+15550001111", "+15550002222"};

std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::uint64_t>(std::stoull(value));
}

/// How the provider reports what becomes of messages. What is missed while the gateway is dead is asked for.
enum class Reports { quick, late, none };

StackOptions options(std::uint64_t seed, Reports reports) {
    StackOptions options;
    options.port = std::to_string(lasting_port());
    options.outbox = "settle_delay_s = 2\n";
    options.channel_outbox =
        "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [0.2, 0.4, 0.8, 1.6]\n"
        "delivery_check_after_s = 3\n";
    options.simulator_arguments = {"--seed",
                                   std::to_string(seed),
                                   "--status-order",
                                   "shuffled",
                                   "--status-repeat",
                                   "2",
                                   "--status-delay-ms",
                                   reports == Reports::late ? "1500" : "100"};
    if (reports == Reports::none)
        options.channel_options = "status_callback_url = \"http://127.0.0.1:1/nobody-listens\"\n";
    for (std::size_t i = 1; i < our_numbers.size(); ++i) {
        options.simulator_arguments.insert(options.simulator_arguments.end(), {"--number", our_numbers[i]});
        options.channel_options += "[[channels.sms.options.senders]]\nsender = \"" + our_numbers[i] + "\"\n";
    }
    return options;
}

std::vector<std::string> guests() {
    std::vector<std::string> numbers;
    for (int i = 0; i < 48; ++i) numbers.push_back("+1555987" + std::to_string(2000 + i));
    return numbers;
}

/// A gateway, its provider and its users, from a seed. The moments depend on the machine as well.
class Round {
  public:
    Round(std::uint64_t seed, Reports reports)
        : random_(seed),
          reports_(reports),
          stack_(options(seed, reports)),
          load_({.url = stack_.url(), .seed = seed, .senders = our_numbers, .recipients = guests()}) {
        const std::vector<std::string> numbers = guests();
        stack_.provider().set_outcome(numbers[0], "undelivered:30003");
        stack_.provider().set_outcome(numbers[1], "failed:30006");
        stack_.provider().set_outcome(numbers[2], "sent");
        stack_.provider().set_outcome(numbers[3], "read");
    }

    Stack& stack() { return stack_; }
    OutboxLoad& load() { return load_; }
    std::uint64_t kills() const { return kills_; }

    /// A gateway's life, to its violent end, and the birth of the next.
    void live_and_die() {
        load_.allow(up_to(40));
        wished_ = load_.await_acknowledged(0, milliseconds{0});
        worsen_provider();
        // It dies in the middle of its work, or a while after it; now and then it lives long enough to ask
        // what became of its predecessor's attempts.
        const milliseconds longest{up_to(8) == 1 ? 1500 + up_to(2000) : up_to(400)};
        load_.await_acknowledged(up_to(6) == 1 ? ~std::uint64_t{0} : wished_ + up_to(40), longest);
        kill();
        while (up_to(6) == 1) {
            stack_.launch_gateway();
            load_.await_acknowledged(~std::uint64_t{0}, milliseconds{up_to(150)});
            kill();
        }
        stack_.start_gateway();
        load_.resume();
    }

    /// The provider is well again; what was allowed is sent, and later messages show that its lists are up to
    /// date. Returns the judgement when it is clean, or the last one.
    Judgement come_to_rest(seconds longest) {
        REQUIRE(eventually([&] { return heal_provider(); }));
        const auto deadline = std::chrono::steady_clock::now() + longest;
        const auto in_time = [&] { return std::chrono::steady_clock::now() < deadline; };
        while (in_time() && has_work()) {
            // A second of the provider's is what separates later from earlier.
            stack_.send(late_guest, "text later " + std::to_string(later_++));
            const auto next = std::chrono::steady_clock::now() + seconds{1};
            eventually([&] { return std::chrono::steady_clock::now() >= next || !has_work(); });
        }
        load_.stop();
        Judgement judgement = judge(stack_, load_.acknowledged(), reports_ != Reports::none);
        eventually(
            [&] {
                judgement = judge(stack_, load_.acknowledged(), reports_ != Reports::none);
                return judgement.is_clean();
            },
            in_time() ? seconds{60} : seconds{5});
        return judgement;
    }

  private:
    static constexpr const char* late_guest = "+15559879999";

    std::uint64_t up_to(std::uint64_t most) { return 1 + random_() % most; }

    void kill() {
        load_.expect_gap();
        stack_.kill_gateway();
        ++kills_;
    }

    bool has_work() {
        const Json outbox = stack_.api("GET", "/outbox").data();
        return outbox.at("depth") != 0 || outbox.at("unknown") != 0;
    }

    // While it is away, so is its remote control.
    bool heal_provider() {
        try {
            stack_.provider().clear_faults();
            stack_.provider().set_list_delay(milliseconds{200});
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    }

    void worsen_provider() {
        try {
            stack_.provider().set_list_delay(milliseconds{up_to(3) * 700});
            for (auto faults = up_to(4); faults > 1; --faults) stack_.provider().add_fault(some_fault());
            if (up_to(25) == 1) stack_.provider().go_away(seconds{1});
        } catch (const std::runtime_error&) {
            return;
        }
    }

    Json some_fault() {
        static const std::vector<Json> faults{
            {{"kind", "hang"}, {"value", 1}},
            {{"kind", "hang-after"}, {"value", 1}},
            {{"kind", "500-before"}},
            {{"kind", "500-after"}},
            {{"kind", "cut-before"}},
            {{"kind", "cut-after"}},
            {{"kind", "cut-after"}, {"count", 3}},
            {{"kind", "500-before"}, {"count", 3}},
            {{"kind", "429"}, {"value", 1}},
            {{"kind", "429"}},
            {{"kind", "slow"}, {"value", 300}},
            {{"kind", "slow"}, {"value", 50}, {"count", 5}},
            {{"kind", "error"}, {"value", 21611}},
            {{"kind", "error"}, {"value", 30007}},
            {{"kind", "foreign"}, {"value", 502}},
            {{"kind", "foreign"}, {"value", 403}},
            {{"kind", "foreign"}, {"value", 200}},
            {{"kind", "list-error"}, {"value", 500}},
            {{"kind", "list-error"}, {"value", 429}},
            {{"kind", "error"}, {"value", 20003}},
        };
        return faults[random_() % faults.size()];
    }

    std::mt19937_64 random_;
    const Reports reports_;
    Stack stack_;
    OutboxLoad load_;
    std::uint64_t wished_ = 0;
    std::uint64_t kills_ = 0;
    int later_ = 0;
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

/// How often the provider's list has settled a doubt so, as far as the log had time to say it; what needs a
/// second search is told by the level.
std::size_t reconciled(const std::string& log, const std::string& result) {
    std::size_t found = 0;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);)
        if (count(line, "attempt reconciled") == 1 && count(line, "\"info\"") == 1 &&
            count(line, "\"" + result + "\"") == 1)
            ++found;
    return found;
}

void run_round(std::uint64_t seed, std::uint64_t kills) {
    const auto reports = static_cast<Reports>(seed % 3);
    const auto begin = std::chrono::steady_clock::now();
    Round round(seed, reports);
    while (round.kills() < kills) round.live_and_die();
    const Judgement judgement = round.come_to_rest(seconds{90 + 2 * kills});

    const OutboxLoad& load = round.load();
    const std::string log = round.stack().log();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << round.kills() << " kills, "
              << (reports == Reports::quick  ? "quick"
                  : reports == Reports::late ? "late"
                                             : "no")
              << " reports: " << load.acknowledged().size() << " acknowledged after " << load.repeats()
              << " repeats, " << round.stack().provider().create_requests() << " requests, "
              << judgement.accepted << " accepted, " << judgement.doubled.size() << " twice, "
              << judgement.failed << " failed; " << reconciled(log, "taken") << " reconciled as taken, "
              << reconciled(log, "absent") << " due again, " << judgement.unknown.size() << " unknown left; "
              << took.count() << " s" << std::endl;
    INFO("doubled:" << first_of(judgement.doubled) << "\nlost:" << first_of(judgement.lost) << "\nuntruthful:"
                    << first_of(judgement.untruthful) << "\nunknown:" << first_of(judgement.unknown)
                    << "\ncomplaints:" << first_of(load.complaints()));
    CHECK(judgement.doubled.empty());
    CHECK(judgement.lost.empty());
    CHECK(judgement.untruthful.empty());
    CHECK(judgement.unknown.empty());
    CHECK(load.complaints().empty());
    CHECK(load.acknowledged().size() > kills);
    CHECK(round.stack().stop_gateway() == 0);
}

}  // namespace

TEST_CASE("18 kill -9 while messages go out through faults doubles none, loses none, and tells the truth") {
    const std::uint64_t kills = from_environment("JACKGW_KILLS").value_or(20);
    const std::uint64_t seed = from_environment("JACKGW_KILL_SEED").value_or(std::random_device{}());
    const std::string replay =
        "replay with JACKGW_KILL_SEED=" + std::to_string(seed) + " JACKGW_KILLS=" + std::to_string(kills);
    std::cout << replay << std::endl;
    INFO(replay);
    // Each round reports otherwise. A round is never so long that its end would take the longest.
    const std::uint64_t each = std::clamp<std::uint64_t>(kills / 2, 1, 100);
    std::uint64_t round = 0;
    for (std::uint64_t left = kills; left > 0; ++round) {
        const std::uint64_t some = std::min(left, each);
        run_round(seed + round, some);
        left -= some;
    }
}
