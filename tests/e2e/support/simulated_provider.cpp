#include "simulated_provider.h"

#include <stdexcept>

namespace jackgw::test {

namespace {

std::vector<std::string> command_line(const ProviderAccount& account, const std::vector<std::string>& more) {
    std::vector<std::string> all{
        SIMULATOR,       "serve",        "--port",       "0",
        "--account-sid", account.sid,    "--auth-token", account.token,
        "--number",      account.number, "--sms-url",    "http://127.0.0.1:1/not-told-yet"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace

std::map<std::string, std::string> clean_environment() {
    std::map<std::string, std::string> variables;
    for (const char* name :
         {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_PHONE_NUMBER", "TWILIO_MESSAGING_SERVICE_SID",
          "TWILIO_STATUS_CALLBACK_URL", "TWILIO_SIM_SMS_URL", "TWILIO_SIM_URL", "JACKGW_API_TOKEN"})
        variables[name] = "";
    return variables;
}

SimulatedProvider::SimulatedProvider(const std::vector<std::string>& arguments,
                                     const ProviderAccount& account)
    : process_(command_line(account, arguments), clean_environment()),
      url_(process_.wait_for(std::regex("listening on (http://127\\.0\\.0\\.1:\\d+)"))) {}

void SimulatedProvider::control(const std::string& path, const Json& wish) {
    const Answer answer = http_.post_json(url_ + path, wish);
    if (answer.status / 100 != 2)
        throw std::runtime_error("the simulator refused " + path + ": " + answer.body);
}

void SimulatedProvider::set_sms_url(const std::string& url) {
    control("/sim/webhooks", {{"smsUrl", url}});
}

void SimulatedProvider::add_fault(const std::string& kind, int value, int count, const std::string& to) {
    control("/sim/faults", {{"kind", kind}, {"value", value}, {"count", count}, {"to", to}});
}

void SimulatedProvider::add_fault(const Json& fault) {
    control("/sim/faults", fault);
}

void SimulatedProvider::set_list_delay(std::chrono::milliseconds delay) {
    control("/sim/list", {{"delayMs", delay.count()}});
}

void SimulatedProvider::go_away(std::chrono::seconds time) {
    control("/sim/absence", {{"seconds", time.count()}});
}

void SimulatedProvider::clear_faults() {
    http_.request("DELETE", url_ + "/sim/faults");
}

void SimulatedProvider::set_outcome(const std::string& to, const std::string& outcome) {
    control("/sim/outcomes", {{"to", to}, {"outcome", outcome}});
}

Json SimulatedProvider::state() {
    return http_.get(url_ + "/sim/state").json();
}

Json SimulatedProvider::messages_with(const std::string& number) {
    return http_.get(url_ + "/sim/messages?with=%2B" + number.substr(1)).json().at("messages");
}

Json SimulatedProvider::all_messages() {
    return http_.get(url_ + "/sim/messages").json().at("messages");
}

void SimulatedProvider::set_up_account(const Json& setup) {
    control("/sim/account", setup);
}

void SimulatedProvider::set_up_number(const std::string& number, Json setup) {
    setup["number"] = number;
    control("/sim/numbers", setup);
}

void SimulatedProvider::set_up_service(const std::string& sid, Json setup) {
    setup["sid"] = sid;
    control("/sim/services", setup);
}

Finished SimulatedProvider::phone(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), SIMULATOR);
    auto environment = clean_environment();
    environment["TWILIO_SIM_URL"] = url_;
    Finished finished;
    finished.output = run(std::move(arguments), finished.exit_code, environment);
    return finished;
}

std::string SimulatedProvider::text(const std::string& from, const std::string& body,
                                    const std::vector<std::string>& media, const std::string& to) {
    std::vector<std::string> arguments{"text", "--from", from};
    if (!to.empty()) arguments.insert(arguments.end(), {"--to", to});
    for (const std::string& url : media) arguments.insert(arguments.end(), {"--media", url});
    arguments.push_back(body);
    const Finished finished = phone(std::move(arguments));
    if (finished.exit_code != 0 || finished.output.rfind("200 ", 0) != 0)
        throw std::runtime_error("the text did not arrive: " + finished.output);
    return finished.output.substr(4, finished.output.find('\n') - 4);
}

}  // namespace jackgw::test
