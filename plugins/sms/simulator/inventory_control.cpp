#include "inventory_control.h"

#include <set>
#include <string>

#include "json.h"
#include "sids.h"
#include "text.h"

namespace jackgw::sms::simulator {

namespace {

using Poco::JSON::Object;

HttpResponse complain(const std::string& text) {
    auto object = json_object();
    object.set("error", text);
    return {.status = 422, .body = to_text(object)};
}

void take(const Object& wish, const std::string& name, std::string& text) {
    text = string_at(wish, name, text);
}

void take(const Object& wish, const std::string& name, bool& flag) {
    flag = wish.optValue<bool>(name, flag);
}

void take(const Object& wish, const std::string& name, std::set<std::string>& texts) {
    if (!wish.has(name)) return;
    const auto list = strings_at(wish, name);
    texts = {list.begin(), list.end()};
}

void edit(Setup& setup, const Object& wish) {
    take(wish, "status", setup.account_status);
    take(wish, "type", setup.account_type);
}

void edit(NumberSetup& setup, const Object& wish) {
    take(wish, "smsUrl", setup.sms_url);
    take(wish, "smsMethod", setup.sms_method);
    take(wish, "smsApplicationSid", setup.sms_application_sid);
    take(wish, "sms", setup.sms);
    take(wish, "mms", setup.mms);
}

void edit(ServiceSetup& setup, const Object& wish) {
    take(wish, "inboundRequestUrl", setup.inbound_request_url);
    take(wish, "inboundMethod", setup.inbound_method);
    take(wish, "useInboundWebhookOnNumber", setup.use_inbound_webhook_on_number);
    take(wish, "numbers", setup.numbers);
    take(wish, "names", setup.names);
}

template <typename Setups>
void edit_or_remove(Setups& setups, const std::string& key, const Object& wish) {
    if (wish.optValue<bool>("remove", false)) {
        setups.erase(key);
    } else {
        edit(setups[key], wish);
    }
}

}  // namespace

std::optional<HttpResponse> InventoryControl::handle(const HttpRequest& request) {
    const bool account = request.path == "/sim/account";
    const bool number = request.path == "/sim/numbers";
    const bool service = request.path == "/sim/services";
    if (request.method != "POST" || (!account && !number && !service)) return std::nullopt;
    const auto wish = parse_object(request.body);
    if (!wish) return HttpResponse{.status = 400, .body = R"({"error":"the body is no JSON object"})"};
    const std::string key = string_at(*wish, number ? "number" : "sid");
    const bool short_code =
        key.size() >= 3 && key.size() <= 8 && key.find_first_not_of("0123456789") == std::string::npos;
    if (number && !short_code && !is_e164(key))
        return complain("number is neither a phone number such as +15551234567 nor a short code: " + key);
    if (service && !is_sid(key, "MG")) return complain("sid is not MG and 32 hex digits: " + key);
    inventory_.change([&](Setup& setup) {
        if (account) edit(setup, *wish);
        if (number) edit_or_remove(short_code ? setup.short_codes : setup.numbers, key, *wish);
        if (service) edit_or_remove(setup.services, key, *wish);
    });
    return HttpResponse{.status = 200, .body = to_text(*wish)};
}

}  // namespace jackgw::sms::simulator
