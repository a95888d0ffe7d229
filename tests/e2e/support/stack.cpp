#include "stack.h"

#include <signal.h>

#include <sstream>
#include <stdexcept>

namespace jackgw::test {

Stack::Stack(StackOptions options) : options_(std::move(options)), gateway_port_(options_.port) {
    if (options_.own_plugins) {
        std::filesystem::create_directory(plugins());
        std::filesystem::copy_file(options_.plugin_file, plugins() / "jackgw-sms.so");
        for (const std::filesystem::path file : options_.further_plugins)
            std::filesystem::copy_file(file, plugins() / file.filename());
    }
    // Each must know the other's port: the gateway gets the provider's by its configuration, the provider is
    // told the gateway's once that is up.
    if (options_.simulator) provider_ = std::make_unique<SimulatedProvider>(options_.simulator_arguments);
    start_gateway();
    if (provider_) provider_->set_sms_url(url() + "/webhooks/twilio/sms");
}

std::filesystem::path Stack::plugins() const {
    return options_.own_plugins ? folder_.path() / "plugins" : std::filesystem::path(PLUGINS);
}

void Stack::write_config() {
    std::string base_url = options_.api_base_url;
    if (base_url.empty()) base_url = provider_ ? provider_->url() : std::string("http://127.0.0.1:1");
    std::ostringstream file;
    file << "[server]\nlisten = \"127.0.0.1:" << gateway_port_ << "\"\n" << options_.server;
    if (!options_.public_url.empty()) file << "public_url = \"" << options_.public_url << "\"\n";
    file << "[[api.tokens]]\nname = \"front-desk\"\nrole = \"admin\"\ntoken = \"" << api_token << "\"\n"
         << "[[api.tokens]]\nname = \"auditor\"\nrole = \"reader\"\ntoken = \"" << reader_token << "\"\n"
         << "[store]\nurl = \"sqlite:jack.db\"\n"
         << "[plugins]\ndirectory = \"" << plugins().string()
         << "\"\nkeep_mapped = " << (KEEP_MAPPED ? "true" : "false") << "\n[outbox]\n"
         << options_.outbox << "[log]\n"
         << options_.log
         << "[channels.sms]\nplugin = \"jackgw-sms\"\nrequired = " << (options_.required ? "true" : "false")
         << "\n"
         << options_.channel << "[channels.sms.options]\nauth_token = \"" << options_.token
         << "\"\nphone_number = \"" << hotel_number << "\"\napi_base_url = \"" << base_url << "\"\n"
         << options_.channel_options << "[channels.sms.outbox]\n"
         << options_.channel_outbox << options_.more;
    folder_.write("jack.toml", file.str());
}

std::map<std::string, std::string> Stack::environment() const {
    auto variables = clean_environment();
    variables["TWILIO_ACCOUNT_SID"] = account_sid;
    variables["JACKGW_API_TOKEN"] = api_token;
    for (const auto& [name, value] : options_.variables) variables[name] = value;
    return variables;
}

void Stack::start_gateway() {
    launch_gateway();
    await_gateway();
}

void Stack::launch_gateway() {
    write_config();
    gateway_ = std::make_unique<Process>(
        std::vector<std::string>{GATEWAY, "serve", "--config", config_file().string()}, environment());
}

void Stack::await_gateway() {
    gateway_port_ = gateway_->wait_for(std::regex("listening.*url\"?[:=]\"?http://127\\.0\\.0\\.1:(\\d+)"));
}

void Stack::kill_gateway() {
    gateway_->signal(SIGKILL);
    gateway_->wait();
    end_gateway();
}

int Stack::stop_gateway() {
    gateway_->signal(SIGTERM);
    const int exit_code = gateway_->wait();
    end_gateway();
    return exit_code;
}

void Stack::end_gateway() {
    earlier_log_ += gateway_->output();
    gateway_.reset();
    http_.close_idle();
}

Answer Stack::api(const std::string& method, const std::string& path) {
    return http_.request(method, url() + "/api/v1" + path,
                         {{"Authorization", std::string("Bearer ") + api_token}});
}

Answer Stack::api(const std::string& method, const std::string& path, const Json& body,
                  const std::string& idempotency_key) {
    std::vector<http::Header> headers{{"Authorization", std::string("Bearer ") + api_token},
                                      {"Content-Type", "application/json"}};
    if (!idempotency_key.empty()) headers.push_back({"Idempotency-Key", idempotency_key});
    return http_.request(method, url() + "/api/v1" + path, std::move(headers), body.dump());
}

std::vector<Json> Stack::list(const std::string& path) {
    std::vector<Json> all;
    std::string cursor;
    do {
        const Answer answer =
            api("GET", path + "?limit=200" + (cursor.empty() ? std::string{} : "&cursor=" + cursor));
        for (Json& item : answer.data()) all.push_back(std::move(item));
        const Json next = answer.json().at("nextCursor");
        cursor = next.is_null() ? std::string{} : next.get<std::string>();
    } while (!cursor.empty());
    return all;
}

std::vector<Json> Stack::all_messages() {
    std::vector<Json> all;
    for (const Json& conversation : list("/conversations"))
        for (Json& message : list("/conversations/" + conversation.at("id").get<std::string>() + "/messages"))
            all.push_back(std::move(message));
    return all;
}

Json Stack::send(const std::string& to, const std::string& content) {
    return api("POST", "/messages", {{"channel", "sms"}, {"to", to}, {"content", content}}).data();
}

Json Stack::await_delivery(const std::string& id, const std::string& state) {
    Json last;
    eventually(
        [&] {
            last = message(id);
            return last.at("deliveryStatus") == state;
        },
        std::chrono::seconds{60});
    return last;
}

Finished Stack::command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), GATEWAY);
    Finished finished;
    finished.output = run(std::move(arguments), finished.exit_code, environment());
    return finished;
}

}  // namespace jackgw::test
