// The SMS plugin brings numbering plans along: libphonenumber, protobuf and ICU. Generation after generation
// reads addresses with them, on threads that outlive all of them; nothing of a generation may stay.

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "plugin_host.h"

using namespace jackgw;

namespace {

/// Threads that live as long as the test, as the host's workers do: what a library leaves on a thread that
/// ends is freed with it and would hide what stays.
class LastingThreads {
  public:
    explicit LastingThreads(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
    }
    ~LastingThreads() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }
    LastingThreads(const LastingThreads&) = delete;
    LastingThreads& operator=(const LastingThreads&) = delete;

    /// Does the work once on each of them and waits for all.
    void on_each(const std::function<void()>& work) {
        std::unique_lock lock(mutex_);
        work_ = work;
        waiting_ = threads_.size();
        ++round_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return waiting_ == 0; });
        work_ = nullptr;
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        for (std::uint64_t done = 0;; ++done) {
            changed_.wait(lock, [&] { return ending_ || round_ > done; });
            if (ending_) return;
            const auto work = work_;
            lock.unlock();
            work();
            lock.lock();
            if (--waiting_ == 0) changed_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> work_;
    std::uint64_t round_ = 0;
    std::size_t waiting_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

std::size_t resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    throw std::runtime_error("/proc/self/status tells no VmRSS");
}

/// Takes several parts, whose borders ICU has to find.
std::string long_text() {
    std::string text;
    for (int i = 0; i < 20; ++i) text += "á👨‍👩‍👧 ";
    return text;
}

/// Through the whole of what reads addresses: several plans, national forms, landlines, refusals. The text is
/// taken apart as well.
void read_addresses(const Mapper& mapper, std::atomic<int>& wrong) {
    struct Row {
        const char* typed;
        const char* number;  // nothing: refused
        std::size_t warnings;
    };
    static constexpr std::array rows{
        Row{"+1 555 123 4567", "+15551234567", 0},    Row{"0171 1234567", "+491711234567", 0},
        Row{"0044 20 7031 3000", "+442070313000", 1}, Row{"+39 02 3661 8300", "+390236618300", 1},
        Row{"+1 555 123 4567 x12", nullptr, 0},       Row{"1204", nullptr, 0},
    };
    const std::string content = long_text();
    for (const Row& row : rows) {
        const auto mapped = mapper.map({.to = row.typed, .from = {}, .content = content, .media_urls = {}});
        const auto* taken = std::get_if<Mapped>(&mapped);
        const bool right = taken == nullptr ? row.number == nullptr
                                            : row.number != nullptr && taken->to == row.number &&
                                                  taken->warnings.size() == row.warnings;
        if (!right) ++wrong;
    }
}

}  // namespace

TEST_CASE("Generations that have read addresses leave no copy and no memory behind") {
    test::PluginHost host({{"sms", "jackgw-sms", true, true}});
    host.install(test::plugin_file("jackgw-sms"), "jackgw-sms");
    host.options = {{"account_sid", "AC" + std::string(32, '0')},
                    {"auth_token", std::string(32, '0')},
                    {"phone_number", "+15550001111"},
                    {"default_region", "DE"}};
    host.manager().start();
    LastingThreads threads(4);
    std::atomic<int> wrong{0};
    const auto live_and_die = [&] {
        {
            const auto mapper = host.manager().mapper("sms");
            REQUIRE(mapper);
            threads.on_each([&] { read_addresses(*mapper, wrong); });
        }
        const auto result = host.manager().reload("sms");
        REQUIRE(std::holds_alternative<plugins::Reloaded>(result));
        CHECK(std::get<plugins::Reloaded>(result).former_unloaded == !KEEP_MAPPED);
    };
    // The libraries stay once they are loaded, and what they have read is theirs: it is made once.
    constexpr int warm_up = 20;
    constexpr int generations = 100;
    for (int i = 0; i < warm_up; ++i) live_and_die();
    const std::size_t before = resident_kib();
    for (int i = 0; i < generations; ++i) live_and_die();
    const std::size_t after = resident_kib();
    CHECK(wrong == 0);
    CHECK(host.report("sms").still_mapped == (KEEP_MAPPED ? warm_up + generations : 0));
    INFO("resident: " << before << " KiB after " << warm_up << " generations, " << after
                      << " KiB at the end");
    // 100 copies that stay would hold 30 MiB, numbering plans of their own 400.
    const bool measured = !KEEP_MAPPED && std::getenv("JACKGW_TEST_WITHOUT_RESIDENT") == nullptr;
    if (measured) CHECK(after < before + 8192);
}
