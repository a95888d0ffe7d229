#include "control_api.h"

#include <algorithm>
#include <utility>

#include "json.h"
#include "sms/signature/hmac.h"
#include "sms/webhooks/form.h"
#include "target_url.h"
#include "text.h"

namespace jackgw::sms::simulator {

namespace {

HttpResponse json_response(int status, const Poco::JSON::Object& object) {
    return {.status = status, .body = to_text(object)};
}

HttpResponse complain(int status, const std::string& text) {
    auto object = json_object();
    object.set("error", text);
    return json_response(status, object);
}

template <typename Key>
Poco::JSON::Object by_key(const std::map<Key, std::uint64_t>& counts) {
    auto object = json_object();
    for (const auto& [key, count] : counts) {
        if constexpr (std::is_integral_v<Key>) {
            object.set(std::to_string(key), count);
        } else {
            object.set(key, count);
        }
    }
    return object;
}

std::optional<std::vector<GuestMedium>> media_of(const Poco::JSON::Object& wish) {
    std::vector<GuestMedium> media;
    const auto array = wish.getArray("media");
    if (array.isNull()) return media;
    for (const auto& item : *array) {
        if (item.isString()) {
            media.push_back({item.extract<std::string>(), {}, {}});
            continue;
        }
        if (item.type() != typeid(Poco::JSON::Object::Ptr)) return std::nullopt;
        const auto& object = item.extract<Poco::JSON::Object::Ptr>();
        std::string bytes = base64_decode(string_at(*object, "data"));
        if (bytes.empty()) return std::nullopt;
        media.push_back(
            {{}, string_at(*object, "contentType", "application/octet-stream"), std::move(bytes)});
    }
    return media;
}

Poco::JSON::Array records(const std::deque<WebhookRecord>& list) {
    Poco::JSON::Array array;
    for (const auto& record : list) {
        auto object = json_object();
        object.set("sid", record.sid);
        object.set("status", record.told);
        object.set("url", record.url);
        object.set("attempt", record.attempt);
        object.set("answer", record.answer_status);
        object.set("error", record.error);
        array.add(object);
    }
    return array;
}

}  // namespace

ControlApi::ControlApi(std::string default_number, Shapes shapes, Account& account, Phone& phone,
                       StatusCallbacks& callbacks, FaultBox& faults, Traffic& traffic, const Clock& clock)
    : default_number_(std::move(default_number)),
      shapes_(std::move(shapes)),
      account_(account),
      phone_(phone),
      callbacks_(callbacks),
      faults_(faults),
      traffic_(traffic),
      clock_(clock) {}

HttpResponse ControlApi::handle(const HttpRequest& request) {
    const std::string what = request.method + " " + request.path;
    if (what == "GET /sim/state") return state();
    if (what == "GET /sim/messages") return messages(request);
    if (what == "POST /sim/texts") return text(request);
    if (what == "POST /sim/faults") return add_fault(request);
    if (what == "POST /sim/outcomes") return set_outcome(request);
    if (what == "POST /sim/list") return set_list(request);
    if (what == "POST /sim/absence") {
        return absence_of(request) ? HttpResponse{.body = request.body}
                                   : complain(422, "seconds is more than 0 and at most 3600");
    }
    if (what == "POST /sim/webhooks") return set_webhooks(request);
    if (what == "DELETE /sim/faults") {
        faults_.clear();
        return {.status = 204};
    }
    return complain(404, "there is no " + what);
}

HttpResponse ControlApi::state() const {
    const TrafficCounts counts = traffic_.counts();
    auto object = json_object();
    object.set("createRequests", counts.create_requests);
    object.set("accepted", counts.accepted);
    object.set("refused", by_key(counts.refused));
    object.set("faulted", by_key(counts.faulted));
    object.set("callbacksSent", counts.callbacks_sent);
    object.set("callbackAnswers", by_key(counts.callback_answers));
    object.set("textsSent", counts.texts_sent);
    object.set("textAnswers", by_key(counts.text_answers));
    object.set("callbacks", records(traffic_.callbacks()));
    object.set("texts", records(traffic_.texts()));
    Poco::JSON::Array opt_outs;
    for (const auto& [sender, guest] : account_.opt_outs()) {
        auto item = json_object();
        item.set("sender", sender);
        item.set("guest", guest);
        opt_outs.add(item);
    }
    object.set("optOuts", opt_outs);
    Poco::JSON::Array faults;
    for (const Fault& fault : faults_.all()) {
        auto item = json_object();
        item.set("kind", std::string(to_word(fault.kind)));
        item.set("value", fault.value);
        item.set("status", fault.status);
        item.set("count", fault.count);
        item.set("to", fault.to);
        if (fault.retry_after > 0) item.set("retryAfter", fault.retry_after);
        faults.add(item);
    }
    object.set("faults", faults);
    return json_response(200, object);
}

HttpResponse ControlApi::messages(const HttpRequest& request) const {
    const std::string number(value_of(parse_form(request.query), "with"));
    return {.status = 200, .body = shapes_.messages_with_media(account_.with(number))};
}

HttpResponse ControlApi::text(const HttpRequest& request) {
    const auto wish = parse_object(request.body);
    if (!wish) return complain(400, "the body is no JSON object");
    GuestText text;
    text.from = string_at(*wish, "from");
    text.to = string_at(*wish, "to", default_number_);
    text.body = string_at(*wish, "body");
    const auto media = media_of(*wish);
    if (!media) return complain(422, "media are URLs, or objects with contentType and data in base64");
    text.media = *media;
    text.times = static_cast<unsigned>(std::clamp(number_at(*wish, "times", 1), 1LL, 100LL));
    if (!is_e164(text.from))
        return complain(422, "from is no phone number such as +15559876543: " + text.from);
    if (!is_e164(text.to)) return complain(422, "to is no phone number such as +15551234567: " + text.to);
    if (text.media.size() > 10) return complain(422, "a message has at most 10 media");
    const TextResult result = phone_.text(text);
    auto object = json_object();
    object.set("messageSid", result.sid);
    object.set("status", result.answer.status);
    object.set("contentType", result.answer.content_type);
    object.set("body", result.answer.body);
    object.set("error", result.answer.error);
    return json_response(200, object);
}

HttpResponse ControlApi::add_fault(const HttpRequest& request) {
    const auto wish = parse_object(request.body);
    if (!wish) return complain(400, "the body is no JSON object");
    const std::string kind = string_at(*wish, "kind");
    auto fault = parse_fault(kind + ":" + std::to_string(number_at(*wish, "value")) + "/" +
                             std::to_string(number_at(*wish, "status")) + "*" +
                             std::to_string(number_at(*wish, "count", 1)));
    if (!fault) {
        return complain(422,
                        "there is no fault like that: " + kind + "; kinds are " + fault_words() +
                            ", of which slow, error and media-slow need a value, foreign and list-error a "
                            "status as value, and only error takes a status from 400 to 599");
    }
    fault->to = string_at(*wish, "to");
    fault->content_type = string_at(*wish, "contentType", fault->content_type);
    fault->body = string_at(*wish, "body", fault->body);
    fault->retry_after = static_cast<unsigned>(std::clamp(number_at(*wish, "retryAfter"), 0LL, 1'000'000LL));
    fault->retry_after_is_date = number_at(*wish, "retryAfterIsDate") != 0;
    fault->late = std::chrono::milliseconds{std::clamp(number_at(*wish, "lateMs"), 0LL, 60'000LL)};
    if (const auto seconds = number_at(*wish, "seconds"); seconds > 0)
        fault->until = clock_.now() + std::chrono::seconds{seconds};
    faults_.add(*fault);
    return json_response(201, *wish);
}

HttpResponse ControlApi::set_outcome(const HttpRequest& request) {
    const auto wish = parse_object(request.body);
    if (!wish) return complain(400, "the body is no JSON object");
    const auto outcome = parse_outcome(string_at(*wish, "outcome"));
    const std::string to = string_at(*wish, "to");
    if (!outcome) return complain(422, "outcome is delivered, sent, read, undelivered:CODE or failed:CODE");
    if (!is_e164(to)) return complain(422, "to is no phone number such as +15559876543: " + to);
    callbacks_.set_outcome(to, *outcome);
    return json_response(200, *wish);
}

HttpResponse ControlApi::set_list(const HttpRequest& request) {
    const auto wish = parse_object(request.body);
    const auto delay = wish ? number_at(*wish, "delayMs", -1) : -1;
    if (delay < 0 || delay > 86'400'000) return complain(422, "delayMs is 0 to 86400000");
    account_.set_list_delay(std::chrono::milliseconds{delay});
    return json_response(200, *wish);
}

std::optional<std::chrono::milliseconds> ControlApi::absence_of(const HttpRequest& request) {
    if (request.method != "POST" || request.path != "/sim/absence") return std::nullopt;
    const auto wish = parse_object(request.body);
    const auto seconds = wish ? number_at(*wish, "seconds") : 0;
    if (seconds < 1 || seconds > 3600) return std::nullopt;
    return std::chrono::seconds{seconds};
}

HttpResponse ControlApi::set_webhooks(const HttpRequest& request) {
    const auto wish = parse_object(request.body);
    if (!wish) return complain(400, "the body is no JSON object");
    const std::string url = string_at(*wish, "smsUrl");
    if (!parse_target_url(url)) return complain(422, "smsUrl is no absolute http or https URL: " + url);
    phone_.set_sms_url(url);
    return json_response(200, *wish);
}

}  // namespace jackgw::sms::simulator
