#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <set>
#include <sstream>

#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "storage/open_store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;

namespace {

/// A receiver in a process of its own, and what it has acknowledged.
class Receiver {
  public:
    Receiver(const std::string& file, const std::string& round) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::array<std::string, 3> words{STORE_RECEIVER, file, round};
        std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
        REQUIRE(::posix_spawn(&process_, STORE_RECEIVER, &actions, nullptr, arguments.data(), environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }
    ~Receiver() {
        kill();
        ::close(output_);
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// Reads until that many are acknowledged, or to the end.
    void read(std::size_t lines) {
        std::array<char, 4096> bytes{};
        while (lines > 0) {
            const ssize_t count = ::read(output_, bytes.data(), bytes.size());
            if (count <= 0) return;
            text_.append(bytes.data(), static_cast<std::size_t>(count));
            const auto got = static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + count, '\n'));
            lines -= std::min(lines, got);
        }
    }

    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }

    std::vector<std::string> acknowledged() const {
        std::vector<std::string> numbers;
        std::istringstream lines(text_);
        for (std::string line; std::getline(lines, line);) numbers.push_back(line);
        return numbers;
    }

  private:
    pid_t process_ = 0;
    int output_ = -1;
    std::string text_;
};

std::multiset<std::string> stored_contents(Store& store) {
    std::multiset<std::string> contents;
    for (const Conversation& conversation : store.conversations({}, std::nullopt, 1000).items) {
        std::optional<std::int64_t> after;
        do {
            const Page<Message> page = store.messages(conversation.id, after, 500);
            for (const Message& message : page.items) contents.insert(message.content);
            after = page.next;
        } while (after);
    }
    return contents;
}

}  // namespace

TEST_CASE("What was acknowledged is there after kill -9, once, and the file opens at once") {
    const TempFolder folder;
    const std::string file = folder / "jack.db";
    const SystemClock clock;
    IdGenerator ids(clock);
    std::vector<std::string> acknowledged;
    for (int round = 0; round < 5; ++round) {
        Receiver receiver(file, std::to_string(round));
        receiver.read(static_cast<std::size_t>(200 + 150 * round));
        receiver.kill();
        receiver.read(SIZE_MAX);
        for (std::string& number : receiver.acknowledged()) acknowledged.push_back(std::move(number));

        const auto store = storage::open_store(file, clock, ids);
        const auto contents = stored_contents(*store);
        std::size_t missing = 0;
        for (const std::string& number : acknowledged) missing += contents.count(number) == 1 ? 0 : 1;
        CHECK(missing == 0);
        CHECK(acknowledged.size() >= static_cast<std::size_t>(200 * (round + 1)));
    }
}
