#include "sms/self_test/resources.h"

#include "sms/answers/json_body.h"

namespace jackgw::sms::self_test {

namespace {

Service to_service(const JsonBody& body) {
    return {body.text("sid"), body.text("friendly_name"), body.text("inbound_request_url"),
            body.text("inbound_method"), body.flag("use_inbound_webhook_on_number")};
}

}  // namespace

std::optional<AccountState> read_account(const std::string& text) {
    const JsonBody body(text);
    if (body.text("status").empty()) return std::nullopt;
    return AccountState{body.text("status"), body.text("type")};
}

std::optional<Service> read_service(const std::string& text) {
    const JsonBody body(text);
    if (body.text("sid").empty()) return std::nullopt;
    return to_service(body);
}

std::optional<OwnNumber> find_number(const std::string& text, std::string_view number) {
    const JsonBody body(text);
    for (const JsonBody& item : body.list("incoming_phone_numbers")) {
        if (item.text("phone_number") != number) continue;
        const JsonBody capabilities = item.object("capabilities");
        return OwnNumber{item.text("phone_number"), capabilities.flag("sms"),
                         capabilities.flag("mms"),  item.text("sms_url"),
                         item.text("sms_method"),   item.text("sms_application_sid")};
    }
    for (const JsonBody& item : body.list("short_codes")) {
        if (item.text("short_code") == number)
            return OwnNumber{item.text("short_code"), true, true, item.text("sms_url"),
                             item.text("sms_method"), {}};
    }
    return std::nullopt;
}

std::vector<Service> read_services(const std::string& text) {
    std::vector<Service> services;
    for (const JsonBody& item : JsonBody(text).list("services")) services.push_back(to_service(item));
    return services;
}

std::vector<std::string> read_senders(const std::string& text) {
    const JsonBody body(text);
    std::vector<std::string> senders;
    for (const JsonBody& item : body.list("phone_numbers")) senders.push_back(item.text("phone_number"));
    for (const JsonBody& item : body.list("short_codes")) senders.push_back(item.text("short_code"));
    for (const JsonBody& item : body.list("alpha_senders")) senders.push_back(item.text("alpha_sender"));
    return senders;
}

std::string next_page(const std::string& text) {
    const std::string url = JsonBody(text).object("meta").text("next_page_url");
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos) return {};
    const std::size_t path = url.find('/', scheme + 3);
    return path == std::string::npos ? std::string{} : url.substr(path);
}

}  // namespace jackgw::sms::self_test
