#include "stack.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>
#include <signal.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "form.h"
#include "signature.h"

namespace jackgw::test {

namespace {

std::vector<std::string> split(const std::string& text) {
    std::istringstream words(text);
    std::vector<std::string> result;
    for (std::string word; words >> word;) result.push_back(word);
    return result;
}

}  // namespace

Poco::JSON::Object::Ptr Answer::json() const {
    Poco::JSON::Parser parser;
    return parser.parse(body).extract<Poco::JSON::Object::Ptr>();
}

Poco::JSON::Object::Ptr Answer::data() const {
    return json()->getObject("data");
}

Stack::Stack() : Stack(Options{}) {}

Stack::Stack(Options options) : options_(std::move(options)), client_({}, clock_) {
    // Each must know the other's port: the gateway gets the simulator's by its configuration, the simulator
    // is told the gateway's once that is up. The gateway keeps its port over restarts.
    if (options_.simulator) start_simulator();
    start_gateway();
    if (options_.simulator) {
        const Answer answer = post(simulator_url() + "/sim/webhooks",
                                   "{\"smsUrl\":\"" + gateway_url() + "/webhooks/twilio/sms\"}");
        if (answer.status / 100 != 2)
            throw std::runtime_error("the simulator refused its configuration: " + answer.body);
    }
}

void Stack::start_simulator() {
    std::vector<std::string> arguments{
        SIMULATOR,       "serve",      "--port",       "0",
        "--account-sid", account_sid,  "--auth-token", auth_token,
        "--number",      hotel_number, "--sms-url",    "http://127.0.0.1:1/webhooks/twilio/sms"};
    for (std::string& word : split(options_.simulator_arguments)) arguments.push_back(std::move(word));
    simulator_ = std::make_unique<Process>(std::move(arguments));
    simulator_port_ = simulator_->wait_for(std::regex("listening on http://127\\.0\\.0\\.1:(\\d+)"));
}

void Stack::write_config() {
    std::ostringstream config;
    config << "[server]\nlisten = \"127.0.0.1:" << gateway_port_ << "\"\n"
           << options_.server
           << (options_.public_url.empty() ? std::string{} : "public_url = \"" + options_.public_url + "\"\n")
           << "[[api.tokens]]\nname = \"front-desk\"\nrole = \"admin\"\ntoken = \"" << api_token << "\"\n"
           << "[store]\nurl = \"sqlite:jack.db\"\n"
           << "[plugins]\ndirectory = \"" << PLUGINS
           << "\"\nkeep_mapped = " << (KEEP_MAPPED ? "true" : "false") << "\n"
           << "[log]\n"
           << options_.log << "[channels.sms]\nplugin = \"jackgw-sms\"\nrequired = true\n"
           << "[channels.sms.options]\nphone_number = \"" << hotel_number << "\"\n"
           << "api_base_url = \"http://127.0.0.1:" << simulator_port_ << "\"\n"
           << "[channels.sms.outbox]\n"
           << options_.outbox << options_.extra_config;
    folder_.write("jack.toml", config.str());
}

std::map<std::string, std::string> Stack::environment() const {
    return {{"TWILIO_ACCOUNT_SID", account_sid},
            {"TWILIO_AUTH_TOKEN", auth_token},
            {"JACKGW_API_TOKEN", api_token},
            {"TWILIO_SIM_URL", simulator_url()}};
}

void Stack::start_gateway() {
    write_config();
    gateway_ = std::make_unique<Process>(
        std::vector<std::string>{GATEWAY, "serve", "--config", config_file().string()}, environment());
    gateway_port_ = gateway_->wait_for(std::regex("http://127\\.0\\.0\\.1:(\\d+)"));
}

void Stack::kill_gateway() {
    gateway_->signal(SIGKILL);
    gateway_->wait();
    client_.close_idle();
}

int Stack::stop_gateway() {
    gateway_->signal(SIGTERM);
    const int exit_code = gateway_->wait();
    client_.close_idle();
    return exit_code;
}

Answer Stack::webhook(const std::string& path, const Parameters& parameters) {
    sms::Parameters form;
    for (const auto& [name, value] : parameters) form.push_back({name, value});
    http::ClientRequest request;
    request.method = "POST";
    request.url = gateway_url() + path;
    request.body = sms::encode_form(form);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"X-Twilio-Signature", sms::compute_signature(auth_token, public_url() + path, form)}};
    return perform(std::move(request));
}

Answer Stack::text(const std::string& sid, const std::string& from, const std::string& body) {
    return webhook("/webhooks/twilio/sms", {{"MessageSid", sid},
                                            {"SmsSid", sid},
                                            {"AccountSid", account_sid},
                                            {"From", from},
                                            {"To", hotel_number},
                                            {"Body", body},
                                            {"NumMedia", "0"},
                                            {"NumSegments", "1"},
                                            {"SmsStatus", "received"},
                                            {"ApiVersion", "2010-04-01"}});
}

Answer Stack::api(const std::string& method, const std::string& path, const std::string& body,
                  const std::string& idempotency_key) {
    http::ClientRequest request;
    request.method = method;
    request.url = gateway_url() + "/api/v1" + path;
    request.body = body;
    request.headers = {{"Authorization", std::string("Bearer ") + api_token}};
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (!idempotency_key.empty()) request.headers.push_back({"Idempotency-Key", idempotency_key});
    return perform(std::move(request));
}

Answer Stack::get(const std::string& url) {
    http::ClientRequest request;
    request.url = url;
    return perform(std::move(request));
}

Answer Stack::post(const std::string& url, const std::string& body) {
    http::ClientRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.headers = {{"Content-Type", "application/json"}};
    return perform(std::move(request));
}

Answer Stack::perform(http::ClientRequest request) {
    request.total_timeout = std::chrono::seconds{30};
    const http::ClientResult result = client_.perform(request);
    if (result.kind != http::ClientResult::Kind::complete)
        throw std::runtime_error(request.method + " " + request.url + ": " + result.error);
    const auto type = http::find_header(result.headers, "Content-Type");
    return {result.status, std::string(type.value_or("")), result.body};
}

std::string Stack::command(const std::vector<std::string>& arguments, int& exit_code) {
    std::vector<std::string> all{GATEWAY};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run(std::move(all), exit_code, environment());
}

std::string Stack::phone(const std::vector<std::string>& arguments, int& exit_code) {
    std::vector<std::string> all{SIMULATOR};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run(std::move(all), exit_code, environment());
}

std::string Stack::await_delivery(const std::string& message_id, const std::vector<std::string>& states,
                                  std::chrono::milliseconds deadline) {
    std::string state;
    eventually(
        [&] {
            state = api("GET", "/messages/" + message_id).data()->getValue<std::string>("deliveryStatus");
            return std::ranges::find(states, state) != states.end();
        },
        deadline);
    return state;
}

std::vector<Poco::JSON::Object::Ptr> Stack::all_messages() {
    std::vector<Poco::JSON::Object::Ptr> messages;
    const auto pages = [&](const std::string& path, const auto& each) {
        std::string cursor;
        do {
            const Answer answer =
                api("GET", path + "?limit=200" + (cursor.empty() ? std::string{} : "&cursor=" + cursor));
            if (answer.status != 200) throw std::runtime_error("GET " + path + ": " + answer.body);
            const auto page = answer.json();
            const auto items = page->getArray("data");
            for (std::size_t i = 0; i < items->size(); ++i) each(items->getObject(static_cast<unsigned>(i)));
            cursor = page->isNull("nextCursor") ? std::string{} : page->getValue<std::string>("nextCursor");
        } while (!cursor.empty());
    };
    std::vector<std::string> conversations;
    pages("/conversations",
          [&](const auto& item) { conversations.push_back(item->template getValue<std::string>("id")); });
    for (const std::string& id : conversations)
        pages("/conversations/" + id + "/messages", [&](const auto& item) { messages.push_back(item); });
    return messages;
}

}  // namespace jackgw::test
