#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

extern char** environ;

namespace jackgw::test {

namespace {

int exit_code_of(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& added) {
    std::vector<std::string> merged;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (!added.contains(text.substr(0, text.find('=')))) merged.push_back(text);
    }
    for (const auto& [name, value] : added) merged.push_back(name + "=" + value);
    return merged;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

}  // namespace

Process::Process(std::vector<std::string> arguments, const std::map<std::string, std::string>& environment)
    : name_(arguments.at(0)) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    pipe_ = ends[0];
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    auto variables = merged_environment(environment);
    const int failure = ::posix_spawnp(&pid_, arguments[0].c_str(), &actions, nullptr,
                                       pointers(arguments).data(), pointers(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failure != 0) {
        ::close(pipe_);
        throw std::runtime_error(name_ + " can't be started: " + std::strerror(failure));
    }
    reader_ = std::thread([this] { read_all(); });
}

Process::~Process() {
    if (!exit_code_) {
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
    }
    reader_.join();
    ::close(pipe_);
}

std::string Process::wait_for(const std::regex& line, std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    std::unique_lock lock(mutex_);
    for (;;) {
        std::smatch match;
        if (std::regex_search(output_, match, line))
            return match.size() > 1 ? match[1].str() : match[0].str();
        if (ended_) {
            lock.unlock();
            give_up("ended without the awaited line");
        }
        if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
            lock.unlock();
            give_up("did not print the awaited line in time");
        }
    }
}

void Process::signal(int number) const {
    if (!exit_code_) ::kill(pid_, number);
}

int Process::wait(std::chrono::milliseconds deadline) {
    if (exit_code_) return *exit_code_;
    {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, deadline, [this] { return ended_; })) {
            lock.unlock();
            give_up("did not end in time");
        }
    }
    // The pipe is closed: the process has ended, or is about to.
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    exit_code_ = exit_code_of(status);
    return *exit_code_;
}

std::string Process::output() const {
    const std::lock_guard lock(mutex_);
    return output_;
}

void Process::read_all() {
    std::array<char, 65536> buffer{};
    for (;;) {
        const ssize_t got = ::read(pipe_, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        const std::lock_guard lock(mutex_);
        if (got <= 0) {
            ended_ = true;
            changed_.notify_all();
            return;
        }
        output_.append(buffer.data(), static_cast<std::size_t>(got));
        changed_.notify_all();
    }
}

void Process::give_up(const std::string& what) const {
    throw std::runtime_error(name_ + " " + what + "; it printed:\n" + output());
}

std::string run(std::vector<std::string> arguments, int& exit_code,
                const std::map<std::string, std::string>& environment, std::chrono::milliseconds deadline) {
    Process process(std::move(arguments), environment);
    exit_code = process.wait(deadline);
    return process.output();
}

}  // namespace jackgw::test
