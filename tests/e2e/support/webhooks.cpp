// What the provider sends, made by the plugin's own functions for forms and signatures; judges that know
// nothing of them are in ../judges.
#include <cstdio>

#include "sms/signature/signature.h"
#include "sms/webhooks/form.h"
#include "stack.h"

namespace jackgw::test {

namespace {

sms::Parameters to_form(const Parameters& parameters) {
    sms::Parameters form;
    for (const auto& [name, value] : parameters) form.push_back({name, value});
    return form;
}

}  // namespace

Parameters text_parameters(const std::string& sid, const std::string& from, const std::string& body) {
    return {{"ToCountry", "US"},
            {"SmsMessageSid", sid},
            {"NumMedia", "0"},
            {"SmsSid", sid},
            {"SmsStatus", "received"},
            {"Body", body},
            {"To", hotel_number},
            {"NumSegments", "1"},
            {"MessageSid", sid},
            {"AccountSid", account_sid},
            {"From", from},
            {"ApiVersion", "2010-04-01"}};
}

std::vector<http::Header> signed_headers(const std::string& token, const std::string& url,
                                         const Parameters& parameters) {
    return {{"Content-Type", "application/x-www-form-urlencoded"},
            {"X-Twilio-Signature", sms::compute_signature(token, url, to_form(parameters))}};
}

std::string form_body(const Parameters& parameters) {
    return sms::encode_form(to_form(parameters));
}

std::string make_sid(std::uint64_t number) {
    char text[35];
    std::snprintf(text, sizeof text, "SM%032llx", static_cast<unsigned long long>(number));
    return text;
}

Answer Stack::webhook(const std::string& path, const Parameters& parameters, const std::string& token) {
    const std::string& key = token.empty() ? options_.token : token;
    return http_.request("POST", url() + path, signed_headers(key, public_url() + path, parameters),
                         form_body(parameters));
}

Answer Stack::text(const std::string& sid, const std::string& from, const std::string& body,
                   const std::string& token) {
    return webhook("/webhooks/twilio/sms", text_parameters(sid, from, body), token);
}

}  // namespace jackgw::test
