#include "requests.h"

#include <array>
#include <cstdio>

#include "provider.h"
#include "sms/signature/signature.h"
#include "sms/webhooks/form.h"

namespace jackgw::bench {

namespace {

constexpr std::array<std::string_view, 6> texts{
    "Hi! Could we have two more towels in room 412, please?",
    "What time is breakfast tomorrow?",
    "Thanks a lot",
    "We land at 23:40, so we won't be at the hotel before one in the morning. Is somebody at the desk then, "
    "and could we still get something small to eat?",
    "Könnten wir bitte einen späteren Check-out bekommen?",
    "The pool is lovely \xf0\x9f\x8f\x8a see you at seven",
};

std::string sid_of(std::uint64_t number) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "SM%032llx", static_cast<unsigned long long>(number));
    return {text.data(), 34};
}

// Without its "+1", which the form escapes.
std::string sender_of(std::uint64_t number) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "555%07llu", static_cast<unsigned long long>(number));
    return {text.data(), 10};
}

sms::Parameters form_of(std::string_view text, const std::string& sid, const std::string& sender) {
    return {{"ToCountry", "US"},
            {"ToState", "CA"},
            {"SmsMessageSid", sid},
            {"NumMedia", "0"},
            {"ToCity", "SAN FRANCISCO"},
            {"FromZip", "94107"},
            {"SmsSid", sid},
            {"FromState", "CA"},
            {"SmsStatus", "received"},
            {"FromCity", "SAN FRANCISCO"},
            {"Body", std::string(text)},
            {"FromCountry", "US"},
            {"To", std::string(hotel_number)},
            {"ToZip", "94103"},
            {"NumSegments", "1"},
            {"MessageSid", sid},
            {"AccountSid", std::string(account_sid)},
            {"From", "+1" + sender},
            {"ApiVersion", "2010-04-01"}};
}

std::string url() {
    return std::string(public_url) + std::string(webhook_path);
}

}  // namespace

SignedRequests::Template SignedRequests::make_template(std::string_view text) {
    const std::string sid = sid_of(0);
    const std::string sender = sender_of(0);
    const std::string signature(28, '#');
    const std::string body = sms::encode_form(form_of(text, sid, sender));
    Template made;
    made.request = "POST " + std::string(webhook_path) +
                   " HTTP/1.1\r\n"
                   "Host: hotel.example.com\r\n"
                   "User-Agent: TwilioProxy/1.1\r\n"
                   "Accept: */*\r\n"
                   "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
                   "I-Twilio-Idempotency-Token: 6f2a9f3e-2b1c-4d5e-8f90-a1b2c3d4e5f6\r\n"
                   "X-Home-Region: us1\r\n"
                   "X-Twilio-Signature: " +
                   signature + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    for (std::size_t at = made.request.find(sid); at != std::string::npos;
         at = made.request.find(sid, at + sid.size()))
        made.sids.push_back(at);
    made.sender = made.request.find(sender);
    made.signature = made.request.find(signature);
    return made;
}

SignedRequests::SignedRequests(std::uint64_t first, std::size_t count, std::uint32_t senders)
    : first_(first), senders_(senders) {
    for (const std::string_view text : texts) templates_.push_back(make_template(text));
    signatures_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t number = first_ + i;
        const auto form = form_of(texts[i % texts.size()], sid_of(number), sender_of(number % senders_));
        signatures_.push_back(sms::compute_signature(auth_token, url(), form));
    }
}

void SignedRequests::write(std::size_t index, std::string& out) const {
    const Template& source = templates_[index % templates_.size()];
    const std::uint64_t number = first_ + index;
    const std::string sid = sid_of(number);
    const std::string sender = sender_of(number % senders_);
    out = source.request;
    for (const std::size_t at : source.sids) out.replace(at, sid.size(), sid);
    out.replace(source.sender, sender.size(), sender);
    out.replace(source.signature, signatures_[index].size(), signatures_[index]);
}

}  // namespace jackgw::bench
