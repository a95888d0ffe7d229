#include "running_simulator.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace jackgw::test {

namespace {

using namespace std::chrono_literals;

struct Started {
    pid_t pid = -1;
    int output = -1;
};

Started start(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{TWILIO_SIM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    Started started{.output = ends[0]};
    const int error = posix_spawn(&started.pid, TWILIO_SIM, &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) throw std::runtime_error(std::string("can't start ") + TWILIO_SIM);
    return started;
}

int exit_code_of(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished run_twilio_sim(const std::vector<std::string>& arguments) {
    const Started started = start(arguments);
    Finished finished;
    std::array<char, 4096> block{};
    for (ssize_t size = 0; (size = read(started.output, block.data(), block.size())) > 0;) {
        finished.output.append(block.data(), static_cast<std::size_t>(size));
    }
    close(started.output);
    finished.exit_code = exit_code_of(started.pid);
    return finished;
}

RunningSimulator::RunningSimulator(const std::string& sms_url, const std::vector<std::string>& extra) {
    std::vector<std::string> arguments{"serve",     "--port",       "0",        "--account-sid",
                                       account_sid, "--auth-token", auth_token, "--number",
                                       our_number,  "--sms-url",    sms_url};
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    const Started started = start(arguments);
    pid_ = started.pid;
    output_ = started.output;

    static const std::string ready = "listening on ";
    std::string said;
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < deadline) {
        pollfd waiting{output_, POLLIN, 0};
        if (poll(&waiting, 1, 100) <= 0) continue;
        std::array<char, 4096> block{};
        const ssize_t size = read(output_, block.data(), block.size());
        if (size <= 0) break;
        said.append(block.data(), static_cast<std::size_t>(size));
        const auto at = said.find(ready);
        const auto end = said.find('\n', at);
        if (at == std::string::npos || end == std::string::npos) continue;
        url_ = said.substr(at + ready.size(), end - at - ready.size());
        return;
    }
    stop();
    throw std::runtime_error("twilio-sim didn't get ready: " + said);
}

RunningSimulator::~RunningSimulator() {
    stop();
}

int RunningSimulator::stop() {
    if (pid_ < 0) return -1;
    kill(pid_, SIGTERM);
    const int code = exit_code_of(pid_);
    pid_ = -1;
    close(output_);
    return code;
}

sms::Parameters RunningSimulator::message(const std::string& body, const std::string& to) {
    return {{"To", to}, {"From", our_number}, {"Body", body}};
}

HttpReply RunningSimulator::send(const sms::Parameters& form) const {
    return rest("POST", "/Messages.json", form);
}

HttpReply RunningSimulator::get(const std::string& path) const {
    return http_call("GET", url_ + path, account_sid + ":" + auth_token);
}

HttpReply RunningSimulator::rest(const std::string& method, const std::string& path,
                                 const sms::Parameters& form) const {
    return http_call(method, url_ + "/2010-04-01/Accounts/" + account_sid + path,
                     account_sid + ":" + auth_token, sms::encode_form(form));
}

HttpReply RunningSimulator::control(const std::string& method, const std::string& path,
                                    const std::string& json) const {
    return http_call(method, url_ + "/sim/" + path, {}, json);
}

HttpReply RunningSimulator::wait_for_status(const std::string& sid, const std::string& status) const {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (true) {
        HttpReply reply = rest("GET", "/Messages/" + sid + ".json");
        if (reply.at("status") == status || std::chrono::steady_clock::now() > deadline) return reply;
        std::this_thread::sleep_for(5ms);
    }
}

Finished RunningSimulator::command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--url", url_});
    return run_twilio_sim(arguments);
}

}  // namespace jackgw::test
