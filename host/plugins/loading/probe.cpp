#include "plugins/loading/probe.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "plugins/loading/plugin_error.h"

extern char** environ;

namespace jackgw::plugins {

namespace {

constexpr std::size_t max_output = std::size_t{16} * 1024;

/// The child with the reading end of a pipe that its standard error goes into. Ends with the object.
class Child {
  public:
    explicit Child(std::vector<std::string> arguments) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw PluginError(std::string("pipe: ") + std::strerror(errno));
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        const int failure = ::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (failure != 0) {
            ::close(output_);
            throw PluginError("the probe " + arguments[0] + " can't be run: " + std::strerror(failure));
        }
    }

    ~Child() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            wait();
        }
        ::close(output_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Reads what the child writes until it closes its end. False: not within the deadline.
    bool read_all(std::string& text, std::chrono::milliseconds deadline) const {
        const auto until = std::chrono::steady_clock::now() + deadline;
        std::array<char, 4096> buffer{};
        for (;;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                until - std::chrono::steady_clock::now());
            if (left.count() <= 0) return false;
            pollfd waited{output_, POLLIN, 0};
            const int ready = ::poll(&waited, 1, static_cast<int>(left.count()));
            if (ready < 0 && errno == EINTR) continue;
            if (ready <= 0) return false;
            const ssize_t got = ::read(output_, buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return true;
            if (text.size() < max_output) text.append(buffer.data(), static_cast<std::size_t>(got));
        }
    }

    int wait() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }

  private:
    pid_t pid_ = -1;
    int output_ = -1;
};

}  // namespace

Prober::Prober(std::filesystem::path program, std::chrono::milliseconds deadline)
    : program_(std::move(program)), deadline_(deadline) {}

void Prober::probe(const StagedFile& staged, const std::filesystem::path& original) const {
    const std::string prefix = "plugin file " + original.string() + ": ";
    Child child({program_.string(), "plugin", "probe", staged.path().string()});
    std::string output;
    if (!child.read_all(output, deadline_))
        throw PluginError(prefix + "loading it in a trial process did not end within " +
                          std::to_string(deadline_.count()) + " ms");
    const int status = child.wait();
    if (WIFSIGNALED(status))
        throw PluginError(prefix +
                          "loading it in a trial process crashed it: " + ::strsignal(WTERMSIG(status)));
    if (WEXITSTATUS(status) == 0) return;
    // The child names the copy, the operator knows the original.
    const std::string copy = "plugin file " + staged.path().string() + ": ";
    if (output.starts_with(copy)) output.erase(0, copy.size());
    while (!output.empty() && output.back() == '\n') output.pop_back();
    throw PluginError(prefix + (output.empty() ? "a trial process could not load it" : output));
}

}  // namespace jackgw::plugins
