#include "phone.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "sms/media/media_types.h"
#include "sms/signature/url_parts.h"
#include "text.h"

namespace jackgw::sms::simulator {

namespace {

/// What the provider would say of a medium that somebody else serves.
std::string media_type(const GuestMedium& medium) {
    if (!medium.content_type.empty()) return medium.content_type;
    const auto parts = read_url(medium.url);
    const std::string_view type = parts ? type_of_extension(extension_of(parts->path)) : std::string_view{};
    return std::string(type.empty() ? "image/jpeg" : type);
}

}  // namespace

Phone::Phone(Options options, Account& account, const WebhookClient& client, MediaBox& media,
             Traffic& traffic)
    : options_(std::move(options)),
      account_(account),
      client_(client),
      media_(media),
      traffic_(traffic),
      sms_url_(options_.sms_url) {}

void Phone::set_sms_url(std::string url) {
    const std::lock_guard lock(mutex_);
    sms_url_ = std::move(url);
}

std::string Phone::sms_url() const {
    const std::lock_guard lock(mutex_);
    return sms_url_;
}

TextResult Phone::text(const GuestText& text) {
    Message message;
    message.sid = sids_.next(text.media.empty() ? "SM" : "MM");
    message.direction = Direction::inbound;
    message.status = Status::received;
    message.from = text.from;
    message.to = text.to;
    if (!options_.senders.services.empty())
        message.messaging_service_sid = *options_.senders.services.begin();
    message.body = text.body;
    for (const GuestMedium& medium : text.media)
        message.media_urls.push_back(medium.url.empty() ? media_.keep(message.sid, medium) : medium.url);
    message.segments = text.media.empty() ? segment_count(text.body) : 1;
    message = account_.add(std::move(message));

    // The provider blocks first and forwards then: the gateway's answer changes nothing about it.
    const Keyword keyword = keyword_of(message.body, message.to);
    apply(keyword, message);
    TextResult result{message.sid, deliver(message, form_for(message, text.media, keyword), text.times)};

    // Whatever is answered as plain text is texted to the guest: what a careless "OK" does in real life.
    if (result.answer.ok() && result.answer.content_type.starts_with("text/plain") &&
        !result.answer.body.empty()) {
        Message reply;
        reply.sid = sids_.next("SM");
        reply.direction = Direction::outbound_reply;
        reply.status = Status::delivered;
        reply.from = text.to;
        reply.to = text.from;
        reply.body = result.answer.body;
        reply.segments = segment_count(reply.body);
        account_.add(std::move(reply));
    }
    return result;
}

void Phone::apply(Keyword keyword, const Message& message) {
    if (keyword != Keyword::stop && keyword != Keyword::start) return;
    const bool out = keyword == Keyword::stop;
    account_.set_opt_out(message.to, message.from, out);
    // A number in a messaging service stands for the whole service; all numbers here belong to all services.
    if (options_.senders.services.empty()) return;
    for (const auto& number : options_.senders.numbers) account_.set_opt_out(number, message.from, out);
    for (const auto& service : options_.senders.services) account_.set_opt_out(service, message.from, out);
}

Parameters Phone::form_for(const Message& message, const std::vector<GuestMedium>& media,
                           Keyword keyword) const {
    Parameters form{{"ToCountry", "US"},
                    {"ToState", ""},
                    {"SmsMessageSid", message.sid},
                    {"NumMedia", std::to_string(message.media_urls.size())},
                    {"ToCity", ""},
                    {"FromZip", ""},
                    {"SmsSid", message.sid},
                    {"FromState", ""},
                    {"SmsStatus", "received"},
                    {"FromCity", ""},
                    {"Body", message.body},
                    {"FromCountry", "US"},
                    {"To", message.to},
                    {"ToZip", ""},
                    {"NumSegments", std::to_string(message.segments)},
                    {"MessageSid", message.sid},
                    {"AccountSid", options_.account_sid},
                    {"From", message.from},
                    {"ApiVersion", "2010-04-01"}};
    if (!message.messaging_service_sid.empty()) {
        form.push_back({"MessagingServiceSid", message.messaging_service_sid});
    }
    if (options_.advanced_opt_out && keyword != Keyword::none) {
        form.push_back({"OptOutType", std::string(to_word(keyword))});
    }
    for (std::size_t i = 0; i < message.media_urls.size(); ++i) {
        form.push_back({"MediaUrl" + std::to_string(i), message.media_urls[i]});
        form.push_back({"MediaContentType" + std::to_string(i), media_type(media[i])});
    }
    return form;
}

WebhookAnswer Phone::deliver(const Message& message, const Parameters& form, unsigned times) {
    const std::string configured = sms_url();
    const auto url = parse_target_url(configured);
    if (!url) return {.error = "the SMS URL is not an absolute http or https URL: " + configured};
    const std::string token = uuid_from(sids_.next(""));
    WebhookAnswer answer;
    for (unsigned time = 0; time < std::max(times, 1U); ++time) {
        for (unsigned retries = 0;; ++retries) {
            answer = client_.post(*url, form, token);
            traffic_.record_text({.sid = message.sid,
                                  .told = "received",
                                  .url = configured,
                                  .attempt = retries + 1,
                                  .answer_status = answer.status,
                                  .error = answer.error});
            // Repeated only where the URL asks for it: somebody is waiting for this command's result.
            if (!url->retry_count || !should_retry(*url, answer, retries)) break;
            std::this_thread::sleep_for(std::chrono::milliseconds{250});
        }
    }
    return answer;
}

}  // namespace jackgw::sms::simulator
