#include "rest_api.h"

#include <Poco/Base64Decoder.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <sstream>
#include <utility>

#include "dates.h"
#include "fault_answers.h"
#include "sms/text/smart_encoding.h"
#include "sms/webhooks/form.h"
#include "text.h"

namespace jackgw::sms::simulator {

namespace {

constexpr std::size_t default_page_size = 50;
constexpr std::size_t max_page_size = 1000;

HttpResponse json_response(int status, std::string text) {
    return {.status = status, .body = std::move(text)};
}

HttpResponse error_response(const ApiError& error) {
    auto response = json_response(error.http_status, Shapes::error(error));
    if (error.http_status == 401)
        response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Twilio API\"");
    return response;
}

unsigned segments_of(const CreateRequest& request) {
    if (!request.media_urls.empty()) return 1;
    // What is replaced is the plugin's table, which is held against the official calculator elsewhere.
    return segment_count(request.smart_encoded == "true" ? smart_encode(request.body).text : request.body);
}

HttpResponse not_found(const std::string& path) {
    return error_response(api_error(20404, path));
}

std::size_t size_of(const Parameters& query, std::string_view name, std::size_t fallback) {
    const auto text = value_of(query, name);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : fallback;
}

}  // namespace

RestApi::RestApi(Options options, const Clock& clock, Account& account, StatusCallbacks& callbacks,
                 FaultBox& faults, MediaBox& media, Traffic& traffic, const Inventory& inventory)
    : options_(std::move(options)),
      clock_(clock),
      account_(account),
      callbacks_(callbacks),
      faults_(faults),
      media_(media),
      traffic_(traffic),
      shapes_(options_.account_sid),
      inventory_(options_.account_sid, inventory) {}

HttpResponse RestApi::handle(const HttpRequest& request) {
    if (!is_authentic(request.authorization)) return error_response(api_error(20003));
    const std::string& base = shapes_.base();
    if (request.path == base + "/Messages.json") return messages(request);
    if (auto answer = inventory_.handle(request)) return std::move(*answer);
    if (auto medium = media_.resource(request)) return *std::move(medium);
    const std::string prefix = base + "/Messages/";
    const std::string_view ending = ".json";
    if (request.path.starts_with(prefix) && request.path.ends_with(ending)) {
        const auto sid =
            request.path.substr(prefix.size(), request.path.size() - prefix.size() - ending.size());
        return one_message(request, sid);
    }
    return not_found(request.path);
}

bool RestApi::is_authentic(const std::string& authorization) const {
    if (!authorization.starts_with("Basic ")) return false;
    std::istringstream encoded(authorization.substr(6));
    Poco::Base64Decoder decoder(encoded);
    const std::string pair{std::istreambuf_iterator<char>(decoder), {}};
    return std::ranges::any_of(options_.credentials,
                               [&](const auto& known) { return pair == known.first + ":" + known.second; });
}

HttpResponse RestApi::messages(const HttpRequest& request) {
    if (request.method == "POST") return create(request);
    if (request.method == "GET") return list(request);
    return error_response(api_error(20004));
}

HttpResponse RestApi::one_message(const HttpRequest& request, const std::string& sid) {
    if (request.method == "POST") return update(request, sid);
    if (request.method == "DELETE") return changed(account_.remove(sid), request, sid, 20009);
    if (request.method != "GET") return error_response(api_error(20004));
    const auto message = account_.find(sid);
    return message ? json_response(200, shapes_.message(*message)) : not_found(request.path);
}

HttpResponse RestApi::create(const HttpRequest& http) {
    traffic_.count_create_request();
    const CreateRequest request = read_create_request(parse_form(http.body));
    const auto fault = faults_.take(request.to);
    if (!fault) return accept(request);
    traffic_.count_faulted(to_word(fault->kind));

    HttpResponse accepted;
    if (comes_after_accepting(fault->kind)) {
        accepted = accept(request);
        if (accepted.status != 201) return accepted;  // what is refused anyway needs no fault
    }
    if (fault->kind == FaultKind::slow) {
        faults_.hold(std::chrono::milliseconds{fault->value});
        return accepted;
    }
    if (fault->kind == FaultKind::hang || fault->kind == FaultKind::hang_after)
        faults_.hold(std::chrono::seconds{fault->value > 0 ? fault->value : 60});
    if (fault->late.count() > 0) faults_.hold(fault->late);
    if (fault->kind == FaultKind::error) traffic_.count_refused(fault->value);
    return fault_answer(*fault, request.to, clock_.now());
}

HttpResponse RestApi::accept(const CreateRequest& request) {
    if (const auto error = check(request, options_.senders, clock_.now())) return refuse(*error);
    const std::string& sender = request.from.empty() ? options_.default_sender : request.from;
    if (account_.is_opted_out(sender, request.to) ||
        account_.is_opted_out(request.messaging_service_sid, request.to)) {
        return refuse(api_error(21610));
    }
    Message message;
    message.sid = sids_.next(request.media_urls.empty() ? "SM" : "MM");
    message.to = request.to;
    message.from = request.from;
    message.messaging_service_sid = request.messaging_service_sid;
    message.body = to_valid_utf8(request.body);
    message.media_urls = request.media_urls;
    message.status_callback = request.status_callback;
    message.segments = segments_of(request);
    message.status = request.messaging_service_sid.empty() ? Status::queued : Status::accepted;
    if (!request.schedule_type.empty()) {
        message.status = Status::scheduled;
        message.send_at = parse_date(request.send_at);
    }
    message = account_.add(std::move(message));
    traffic_.count_accepted();
    // Test credentials make no callbacks, nor does a message sent with them go anywhere.
    if (!is_magic(message.from)) callbacks_.begin(message, sender, std::nullopt);
    return json_response(201, shapes_.message(message));
}

HttpResponse RestApi::list(const HttpRequest& request) {
    if (const auto fault = faults_.take_of({FaultKind::list_error})) {
        traffic_.count_faulted(to_word(fault->kind));
        return list_fault_answer(*fault, clock_.now());
    }
    const Parameters query = parse_form(request.query);
    MessageFilter filter;
    filter.to = value_of(query, "To");
    filter.from = value_of(query, "From");
    filter.limit = std::clamp<std::size_t>(size_of(query, "PageSize", default_page_size), 1, max_page_size);
    if (const auto token = value_of(query, "PageToken"); token.starts_with("PA"))
        filter.after_sid = token.substr(2);

    Parameters kept;
    for (const auto& [name, value] : query) {
        if (name == "Page" || name == "PageSize" || name == "PageToken") continue;
        kept.push_back({name, value});
        // "DateSent>=2026-11-22" arrives as the name "DateSent>" with that value; both bounds include their
        // day.
        if (name != "DateSent" && name != "DateSent>" && name != "DateSent<") continue;
        const auto time = parse_date(value);
        if (!time) return error_response(api_error(20001, std::string(name).append(": ").append(value)));
        if (name != "DateSent<") filter.sent_from = *time;
        if (name != "DateSent>") {
            filter.sent_before = *time + (is_whole_day(value) ? Time::duration(std::chrono::days{1})
                                                              : Time::duration(std::chrono::seconds{1}));
        }
    }
    const auto page = account_.list(filter);
    return json_response(
        200, shapes_.message_page(page, encode_form(kept), filter.limit, size_of(query, "Page", 0)));
}

HttpResponse RestApi::update(const HttpRequest& request, const std::string& sid) {
    const Parameters form = parse_form(request.body);
    if (const auto status = find(form, "Status")) {
        if (*status != "canceled") return error_response(api_error(20001, "Status: " + std::string(*status)));
        auto response = changed(account_.cancel(sid), request, sid, 30409);
        if (const auto message = account_.find(sid); response.status == 200 && message) {
            callbacks_.tell_canceled(*message);
        }
        return response;
    }
    const auto body = find(form, "Body");
    if (!body || !body->empty()) return error_response(api_error(20001, "Body: it can be emptied only"));
    return changed(account_.redact(sid), request, sid, 20009);
}

HttpResponse RestApi::changed(Account::Change change, const HttpRequest& request, const std::string& sid,
                              int refusal) {
    if (change == Account::Change::refused) return error_response(api_error(refusal, sid));
    if (change == Account::Change::done && request.method == "DELETE") {
        return {.status = 204};
    }
    const auto message = account_.find(sid);
    return message ? json_response(200, shapes_.message(*message)) : not_found(request.path);
}

HttpResponse RestApi::refuse(const ApiError& error) {
    traffic_.count_refused(error.code);
    return error_response(error);
}

}  // namespace jackgw::sms::simulator
