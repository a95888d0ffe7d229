#include "inventory_api.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "errors.h"
#include "inventory_shapes.h"
#include "json.h"
#include "shapes.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms::simulator {

namespace {

using Items = std::vector<Poco::JSON::Object>;

HttpResponse ok(const Poco::JSON::Object& object) {
    return {.status = 200, .body = to_text(object)};
}

HttpResponse not_found(const std::string& path) {
    return {.status = 404, .body = Shapes::error(api_error(20404, path))};
}

PageWish page_of(const Parameters& query) {
    const auto number = [&](std::string_view name, std::size_t fallback) {
        const std::string_view text = value_of(query, name);
        std::size_t found = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
        return error == std::errc{} && end == text.data() + text.size() ? found : fallback;
    };
    return {std::clamp<std::size_t>(number("PageSize", 50), 1, 1000), number("Page", 0)};
}

/// The entries of a map whose key is the filter's, or all of them where there is none; shaped.
template <typename Shape>
Items shaped(const std::map<std::string, NumberSetup>& numbers, std::string_view filter, Shape shape) {
    Items items;
    for (const auto& [number, setup] : numbers)
        if (filter.empty() || filter == number) items.push_back(shape(number, setup));
    return items;
}

}  // namespace

InventoryApi::InventoryApi(std::string account_sid, const Inventory& inventory)
    : account_sid_(std::move(account_sid)), inventory_(inventory) {}

std::optional<HttpResponse> InventoryApi::handle(const HttpRequest& request) const {
    if (request.method != "GET") return std::nullopt;
    const std::string base = "/2010-04-01/Accounts/" + account_sid_;
    const Setup setup = inventory_.setup();
    const Parameters query = parse_form(request.query);
    const auto list = [&](const std::string& name, std::string_view filter, const Items& items) {
        const std::string_view value = value_of(query, filter);
        const std::string uri =
            request.path +
            (value.empty() ? "" : "?" + encode_form({{std::string(filter), std::string(value)}}));
        return ok(page_2010(name, items, page_of(query), uri));
    };
    if (request.path == base + ".json") return ok(account_shape(account_sid_, setup));
    if (request.path == base + "/IncomingPhoneNumbers.json")
        return list(
            "incoming_phone_numbers", "PhoneNumber",
            shaped(setup.numbers, value_of(query, "PhoneNumber"), [&](const auto& number, const auto& of) {
                return number_shape(account_sid_, number, of);
            }));
    if (request.path == base + "/SMS/ShortCodes.json")
        return list(
            "short_codes", "ShortCode",
            shaped(setup.short_codes, value_of(query, "ShortCode"), [&](const auto& code, const auto& of) {
                return short_code_shape(account_sid_, code, of);
            }));
    return service_resource(request, setup);
}

std::optional<HttpResponse> InventoryApi::service_resource(const HttpRequest& request,
                                                           const Setup& setup) const {
    const std::string base = "/v1/Services";
    if (!request.path.starts_with(base)) return std::nullopt;
    const std::string host = "http://" + (request.host.empty() ? "127.0.0.1" : request.host);
    const PageWish wish = page_of(parse_form(request.query));
    if (request.path == base) {
        Items items;
        for (const auto& [sid, service] : setup.services)
            items.push_back(service_shape(account_sid_, sid, service, host));
        return ok(page_v1("services", items, wish, host + base));
    }
    const std::string rest = request.path.substr(base.size() + 1);
    const std::string sid = rest.substr(0, rest.find('/'));
    const auto service = setup.services.find(sid);
    if (service == setup.services.end()) return not_found(request.path);
    if (rest == sid) return ok(service_shape(account_sid_, sid, service->second, host));
    const std::string url = host + request.path;
    const auto senders = [&](const std::string& list, const std::string& member,
                             const std::set<std::string>& names) {
        Items items;
        for (const std::string& name : names)
            items.push_back(service_sender_shape(account_sid_, sid, member, name, url));
        return ok(page_v1(list, items, wish, url));
    };
    if (rest == sid + "/PhoneNumbers")
        return senders("phone_numbers", "phone_number", service->second.numbers);
    if (rest == sid + "/ShortCodes") return senders("short_codes", "short_code", {});
    if (rest == sid + "/AlphaSenders") return senders("alpha_senders", "alpha_sender", service->second.names);
    return not_found(request.path);
}

}  // namespace jackgw::sms::simulator
