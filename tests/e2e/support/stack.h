#pragma once

#include <Poco/JSON/Object.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../../support/process.h"
#include "../../support/temp_folder.h"
#include "base/time.h"
#include "http/client.h"

namespace jackgw::test {

inline constexpr const char* hotel_number = "+15551234567";
inline constexpr const char* guest_number = "+15559876543";
inline constexpr const char* account_sid = "AC0123456789abcdef0123456789abcdef";
inline constexpr const char* auth_token = "fedcba9876543210fedcba9876543210";
inline constexpr const char* api_token = "front-desk-token-for-tests";

/// What was answered to a request.
struct Answer {
    int status = 0;
    std::string content_type;
    std::string body;

    Poco::JSON::Object::Ptr json() const;
    /// The member "data" of the answer.
    Poco::JSON::Object::Ptr data() const;
};

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// The real gateway with the real SMS plugin, as a process on a configuration and a store of its own, and
/// optionally the simulated provider. Both listen on ports that the system chose. Calls may come from several
/// threads, but for start and stop.
class Stack {
  public:
    struct Options {
        bool simulator = true;
        std::string simulator_arguments;  ///< further arguments of `twilio-sim serve`, separated by blanks
        std::string server;               ///< further lines of [server]
        std::string public_url;           ///< what the provider signs; empty: where the gateway listens
        std::string outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [1, 1, 1]\n";
        std::string extra_config;  ///< TOML appended to the file
        std::string log = "format = \"json\"\nlevel = \"info\"\n";
    };

    Stack();
    explicit Stack(Options options);

    void start_gateway();
    void kill_gateway();  ///< kill -9
    int stop_gateway();   ///< SIGTERM; the exit code
    Process& gateway() { return *gateway_; }
    Process& simulator() { return *simulator_; }
    std::string gateway_url() const { return "http://127.0.0.1:" + gateway_port_; }
    std::string public_url() const {
        return options_.public_url.empty() ? gateway_url() : options_.public_url;
    }
    std::string simulator_url() const { return "http://127.0.0.1:" + simulator_port_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::filesystem::path config_file() const { return folder_.path() / "jack.toml"; }

    /// A webhook signed as the provider does; throws std::runtime_error if no complete answer comes.
    Answer webhook(const std::string& path, const Parameters& parameters);
    /// A text from a guest.
    Answer text(const std::string& sid, const std::string& from, const std::string& body);
    /// A call of the REST API with the admin's token; `body` is JSON, empty: none.
    Answer api(const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& idempotency_key = {});
    Answer get(const std::string& url);
    Answer post(const std::string& url, const std::string& body);

    /// Runs a command of the gateway's or simulator's program.
    std::string command(const std::vector<std::string>& arguments, int& exit_code);
    std::string phone(const std::vector<std::string>& arguments, int& exit_code);

    /// Polls a message until its deliveryStatus is one of those given; returns the last one seen after
    /// `deadline`.
    std::string await_delivery(const std::string& message_id, const std::vector<std::string>& states,
                               std::chrono::milliseconds deadline = std::chrono::seconds{30});

    /// All messages of all conversations, page by page.
    std::vector<Poco::JSON::Object::Ptr> all_messages();

  private:
    Answer perform(http::ClientRequest request);
    void start_simulator();
    void write_config();
    std::map<std::string, std::string> environment() const;

    Options options_;
    const TempFolder folder_;
    SystemClock clock_;
    http::Client client_;
    std::string gateway_port_ = "0";
    std::string simulator_port_ = "1";
    std::unique_ptr<Process> simulator_;
    std::unique_ptr<Process> gateway_;
};

/// Calls `condition` until it is true or the deadline has passed; tells which.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds deadline = std::chrono::seconds{30}) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
    }
    return true;
}

}  // namespace jackgw::test
