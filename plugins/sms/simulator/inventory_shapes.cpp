#include "inventory_shapes.h"

#include <Poco/JSON/Array.h>

#include <algorithm>

#include "dates.h"
#include "json.h"

namespace jackgw::sms::simulator {

namespace {

using Poco::Dynamic::Var;

std::string base(const std::string& account_sid) {
    return "/2010-04-01/Accounts/" + account_sid;
}

/// Numbers have no SID of their own here: the letters and digits, as hex and filled up to the form, serve as
/// one.
std::string sid_of(const std::string& prefix, const std::string& text) {
    std::string hex;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            hex += c;
        } else if (c != '+') {
            hex += "0123456789abcdef"[static_cast<unsigned char>(c) % 16];
        }
    }
    return prefix + std::string(32 - std::min<std::size_t>(hex.size(), 32), '0') + hex.substr(0, 32);
}

Poco::JSON::Array page_of(const std::vector<Poco::JSON::Object>& items, const PageWish& wish) {
    Poco::JSON::Array page;
    for (std::size_t i = wish.number * wish.size; i < items.size() && page.size() < wish.size; ++i)
        page.add(items[i]);
    return page;
}

bool is_last(const std::vector<Poco::JSON::Object>& items, const PageWish& wish) {
    return (wish.number + 1) * wish.size >= items.size();
}

std::string with_page(const std::string& uri, const PageWish& wish, std::size_t number) {
    return uri + (uri.find('?') == std::string::npos ? "?" : "&") + "PageSize=" + std::to_string(wish.size) +
           "&Page=" + std::to_string(number);
}

}  // namespace

Poco::JSON::Object account_shape(const std::string& account_sid, const Setup& setup) {
    auto object = json_object();
    object.set("sid", account_sid);
    object.set("friendly_name", "Simulated account");
    object.set("status", setup.account_status);
    object.set("type", setup.account_type);
    object.set("owner_account_sid", account_sid);
    object.set("date_created", to_rfc2822(Time{}));
    object.set("date_updated", to_rfc2822(Time{}));
    auto links = json_object();
    links.set("messages", base(account_sid) + "/Messages.json");
    links.set("incoming_phone_numbers", base(account_sid) + "/IncomingPhoneNumbers.json");
    object.set("subresource_uris", links);
    object.set("uri", base(account_sid) + ".json");
    return object;
}

Poco::JSON::Object number_shape(const std::string& account_sid, const std::string& number,
                                const NumberSetup& setup) {
    const std::string sid = sid_of("PN", number);
    auto capabilities = json_object();
    capabilities.set("sms", setup.sms);
    capabilities.set("mms", setup.mms);
    capabilities.set("voice", false);
    capabilities.set("fax", false);
    auto object = json_object();
    object.set("sid", sid);
    object.set("account_sid", account_sid);
    object.set("phone_number", number);
    object.set("friendly_name", number);
    object.set("capabilities", capabilities);
    object.set("sms_url", setup.sms_url);
    object.set("sms_method", setup.sms_method);
    object.set("sms_application_sid", setup.sms_application_sid);
    object.set("date_created", to_rfc2822(Time{}));
    object.set("date_updated", to_rfc2822(Time{}));
    object.set("uri", base(account_sid) + "/IncomingPhoneNumbers/" + sid + ".json");
    return object;
}

Poco::JSON::Object short_code_shape(const std::string& account_sid, const std::string& code,
                                    const NumberSetup& setup) {
    const std::string sid = sid_of("SC", code);
    auto object = json_object();
    object.set("sid", sid);
    object.set("account_sid", account_sid);
    object.set("short_code", code);
    object.set("friendly_name", code);
    object.set("sms_url", setup.sms_url);
    object.set("sms_method", setup.sms_method);
    object.set("date_created", to_rfc2822(Time{}));
    object.set("date_updated", to_rfc2822(Time{}));
    object.set("uri", base(account_sid) + "/SMS/ShortCodes/" + sid + ".json");
    return object;
}

Poco::JSON::Object service_shape(const std::string& account_sid, const std::string& sid,
                                 const ServiceSetup& setup, const std::string& host) {
    const std::string url = host + "/v1/Services/" + sid;
    auto object = json_object();
    object.set("sid", sid);
    object.set("account_sid", account_sid);
    object.set("friendly_name", "Simulated service");
    object.set("date_created", "1970-01-01T00:00:00Z");
    object.set("date_updated", "1970-01-01T00:00:00Z");
    object.set("inbound_request_url", text_or_null(setup.inbound_request_url));
    object.set("inbound_method", setup.inbound_method);
    object.set("use_inbound_webhook_on_number", setup.use_inbound_webhook_on_number);
    object.set("url", url);
    auto links = json_object();
    links.set("phone_numbers", url + "/PhoneNumbers");
    links.set("short_codes", url + "/ShortCodes");
    links.set("alpha_senders", url + "/AlphaSenders");
    object.set("links", links);
    return object;
}

Poco::JSON::Object service_sender_shape(const std::string& account_sid, const std::string& service_sid,
                                        const std::string& member, const std::string& sender,
                                        const std::string& url) {
    Poco::JSON::Array capabilities;
    capabilities.add("SMS");
    const std::string sid = sid_of(member == "alpha_sender" ? "AI" : "PN", sender);
    auto object = json_object();
    object.set("sid", sid);
    object.set("account_sid", account_sid);
    object.set("service_sid", service_sid);
    object.set(member, sender);
    object.set("capabilities", capabilities);
    object.set("date_created", "1970-01-01T00:00:00Z");
    object.set("date_updated", "1970-01-01T00:00:00Z");
    object.set("url", url + "/" + sid);
    return object;
}

Poco::JSON::Object page_2010(const std::string& list, const std::vector<Poco::JSON::Object>& items,
                             const PageWish& wish, const std::string& uri) {
    const Poco::JSON::Array page = page_of(items, wish);
    const std::size_t start = wish.number * wish.size;
    auto object = json_object();
    object.set("end", start + (page.size() == 0 ? 0 : page.size() - 1));
    object.set("first_page_uri", with_page(uri, wish, 0));
    object.set("next_page_uri", is_last(items, wish) ? null : Var(with_page(uri, wish, wish.number + 1)));
    object.set("page", wish.number);
    object.set("page_size", wish.size);
    object.set("previous_page_uri", wish.number == 0 ? null : Var(with_page(uri, wish, wish.number - 1)));
    object.set("start", start);
    object.set("uri", with_page(uri, wish, wish.number));
    object.set(list, page);
    return object;
}

Poco::JSON::Object page_v1(const std::string& list, const std::vector<Poco::JSON::Object>& items,
                           const PageWish& wish, const std::string& url) {
    auto meta = json_object();
    meta.set("first_page_url", with_page(url, wish, 0));
    meta.set("key", list);
    meta.set("next_page_url", is_last(items, wish) ? null : Var(with_page(url, wish, wish.number + 1)));
    meta.set("page", wish.number);
    meta.set("page_size", wish.size);
    meta.set("previous_page_url", wish.number == 0 ? null : Var(with_page(url, wish, wish.number - 1)));
    meta.set("url", with_page(url, wish, wish.number));
    auto object = json_object();
    object.set("meta", meta);
    object.set(list, page_of(items, wish));
    return object;
}

}  // namespace jackgw::sms::simulator
