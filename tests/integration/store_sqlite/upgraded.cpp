#include "upgraded.h"

#include <catch2/catch.hpp>

#include "../../support/claim_one.h"
#include "api/plugin_control.h"
#include "dump.h"
#include "storage/open_store.h"

namespace jackgw::test {

namespace {

using namespace std::chrono_literals;

class NoPlugins final : public api::PluginControl {
  public:
    std::vector<api::PluginInfo> list() const override { return {}; }
    std::variant<api::GenerationInfo, std::string> reload(std::string_view) override { return "none"; }
    std::variant<api::TestReport, api::NoTest> test(std::string_view) override {
        return api::NoTest::not_supported;
    }
};

std::unique_ptr<store::Store> open(const std::filesystem::path& file, int version, const Clock& clock,
                                   IdGenerator& ids) {
    load_dump(version, file);
    return storage::open_store(file, clock, ids);
}

}  // namespace

void upgrade(const std::filesystem::path& file) {
    FakeClock clock;
    IdGenerator ids(clock);
    storage::open_store(file, clock, ids)->check();
}

Upgraded::Upgraded(int version)
    : store_(open(folder_ / "jack.db", version, clock, ids_)),
      plugins_(std::make_unique<NoPlugins>()),
      submission_(*store_, *store_, channels_, clock),
      api_({{"front-desk", api::Access::admin, "token"}}, *store_, *store_, *store_, submission_, channels_,
           *plugins_) {}

ApiAnswer Upgraded::call(const std::string& method, const std::string& target, const std::string& body,
                         const std::string& key) {
    http::Request request;
    request.method = method;
    request.target = "/api/v1" + target;
    request.path = request.target.substr(0, request.target.find('?'));
    if (request.path.size() < request.target.size())
        request.query = request.target.substr(request.path.size() + 1);
    request.headers = {{"Authorization", "Bearer token"}};
    if (!key.empty()) request.headers.push_back({"Idempotency-Key", key});
    request.body = body;
    const http::Response response = api_.handle(request);
    return {response.status, Json::parse(response.body),
            http::find_header(response.headers, "Idempotency-Replayed").has_value()};
}

Json Upgraded::get(const std::string& target) {
    const ApiAnswer answer = call("GET", target, {}, {});
    INFO("GET " << target << ": " << answer.body.dump());
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body.value("nextCursor", Json()).is_null());  // a second page would go unseen
    return answer.body["data"];
}

ApiAnswer Upgraded::post(const std::string& target, const Json& body, const std::string& key) {
    return call("POST", target, body.is_null() ? "" : body.dump(), key);
}

ApiAnswer Upgraded::write(const std::string& from, const std::string& to, const std::string& content,
                          const std::string& key) {
    return post("/messages", {{"channel", "sms"}, {"to", to}, {"content", content}, {"from", from}}, key);
}

Json Upgraded::message(const std::string& content) {
    Json found;
    for (const Json& conversation : get("/conversations?limit=200"))
        for (const Json& message :
             get("/conversations/" + conversation["id"].get<std::string>() + "/messages?limit=200"))
            if (message["content"] == content) found.push_back(message["id"]);
    INFO("messages that read \"" << content << "\"");
    REQUIRE(found.size() == 1);
    return get("/messages/" + found[0].get<std::string>());
}

std::vector<std::string> Upgraded::send_all(const std::string& sender) {
    std::vector<std::string> sent;
    for (;;) {
        store_->promote_due();
        const auto claim = claim_one(*store_, {"sms", sender});
        if (!claim) return sent;
        REQUIRE(accept(claim->attempt_id, "SMafter" + std::to_string(++sent_)));
        sent.push_back(claim->content);
    }
}

bool Upgraded::answer(const std::string& content, const std::string& provider_id) {
    const Json attempts = message(content)["attempts"];
    REQUIRE_FALSE(attempts.empty());
    REQUIRE(attempts.back()["outcome"].is_null());
    return accept(attempts.back()["id"], provider_id);
}

bool Upgraded::accept(const std::string& attempt_id, const std::string& provider_id) {
    store::AttemptFinish finish;
    finish.attempt_id = attempt_id;
    finish.outcome.kind = OutcomeKind::accepted;
    finish.outcome.provider_message_id = provider_id;
    finish.outcome.provider_status = "queued";
    finish.outcome.state = DeliveryState::pending;
    return store_->finish_attempt(finish).recorded;
}

store::ReceiveResult Upgraded::receive(const std::string& provider_id) {
    InboundMessage message;
    message.channel = "sms";
    message.provider_message_id = provider_id;
    message.from = "+15559876501";
    message.to = main_sender;
    message.content = "once more";
    message.received_at = clock.now();
    return store_->receive(message);
}

store::StatusResult Upgraded::report(const std::string& provider_id, const std::string& word) {
    store::StatusUpdate update;
    update.channel = "sms";
    update.provider_message_id = provider_id;
    update.report.state = parse_delivery_state(word);
    update.report.provider_status = word;
    update.received_at = clock.now();
    return store_->apply_status(update);
}

bool Upgraded::report_opt_out(const std::string& dedup_key) {
    store::ConsentReport report;
    report.consent.kind = ConsentKind::opt_out;
    report.consent.channel = "sms";
    report.consent.address = "+15559876504";
    report.consent.scopes = {held_sender};
    report.consent.source = "provider";
    report.dedup_key = dedup_key;
    report.received_at = clock.now();
    return store_->record_consent(report);
}

std::int64_t Upgraded::recover() {
    return store_->recover(5min);
}

std::vector<std::string> Upgraded::awaited() {
    std::vector<std::string> contents;
    const store::LookUpWaits waits{1ms, 1ms, 1ms};
    for (const auto& item : store_->overdue_deliveries("sms", waits, 100).items)
        contents.push_back(store_->message(item.message_id).value().content + " " +
                           std::to_string(item.look_ups));
    return contents;
}

NameValues Upgraded::raw(const std::string& content) {
    return store_->message(message(content)["id"].get<std::string>()).value().raw;
}

}  // namespace jackgw::test
