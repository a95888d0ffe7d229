#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <regex>
#include <string>
#include <thread>
#include <vector>

namespace jackgw::test {

/// A child process with its standard output and error read together. Killed and reaped with the object. One
/// thread at a time.
class Process {
  public:
    /// Starts a program; `environment` is added to this process's own. Throws std::runtime_error.
    explicit Process(std::vector<std::string> arguments,
                     const std::map<std::string, std::string>& environment = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return pid_; }

    /// Reads until a line matches; returns the first group, or the whole match. Throws std::runtime_error
    /// with all output when the deadline passes or the process ends before.
    std::string wait_for(const std::regex& line,
                         std::chrono::milliseconds deadline = std::chrono::seconds{30});

    void signal(int number) const;

    /// Waits for the end: the exit code, or 128 + the signal's number. Throws std::runtime_error when the
    /// deadline passes.
    int wait(std::chrono::milliseconds deadline = std::chrono::seconds{30});

    /// All that was read so far.
    std::string output() const;

  private:
    void read_all();
    [[noreturn]] void give_up(const std::string& what) const;

    std::string name_;
    pid_t pid_ = -1;
    int pipe_ = -1;
    std::optional<int> exit_code_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string output_;
    bool ended_ = false;
    std::thread reader_;
};

/// Runs a program to its end and returns what it printed; `exit_code` gets how it ended.
std::string run(std::vector<std::string> arguments, int& exit_code,
                const std::map<std::string, std::string>& environment = {},
                std::chrono::milliseconds deadline = std::chrono::seconds{60});

}  // namespace jackgw::test
