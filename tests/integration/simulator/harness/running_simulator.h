#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "http_call.h"

namespace jackgw::test {

inline const std::string account_sid = "AC0123456789abcdef0123456789abcdef";
inline const std::string auth_token = "0123456789abcdef0123456789abcdef";
inline const std::string our_number = "+15551234567";
inline const std::string guest = "+15559876543";

/// What a finished program left.
struct Finished {
    int exit_code = -1;
    std::string output;  // both streams
};

/// Runs `twilio-sim` with these arguments to its end.
Finished run_twilio_sim(const std::vector<std::string>& arguments);

/// `twilio-sim serve` as a process of its own, on a port of the system's choice, ended with the object.
class RunningSimulator {
  public:
    /// `extra` goes behind account, token, number and URL. Throws with the program's output if it doesn't get
    /// ready.
    explicit RunningSimulator(const std::string& sms_url, const std::vector<std::string>& extra = {});
    ~RunningSimulator();
    RunningSimulator(const RunningSimulator&) = delete;
    RunningSimulator& operator=(const RunningSimulator&) = delete;

    const std::string& url() const { return url_; }
    /// Sends SIGTERM and waits; the exit code.
    int stop();

    /// The REST API's answer to Messages.json with this form.
    HttpReply send(const sms::Parameters& form) const;
    /// The form of an ordinary message.
    static sms::Parameters message(const std::string& body = "Hello", const std::string& to = guest);
    HttpReply get(const std::string& path) const;
    /// Below /2010-04-01/Accounts/AC…
    HttpReply rest(const std::string& method, const std::string& path,
                   const sms::Parameters& form = {}) const;
    HttpReply control(const std::string& method, const std::string& path, const std::string& json = {}) const;
    /// Asks for the message until it has this status; the last answer.
    HttpReply wait_for_status(const std::string& sid, const std::string& status) const;
    /// Runs a command of the program against this simulator.
    Finished command(std::vector<std::string> arguments) const;

  private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string url_;
};

}  // namespace jackgw::test
