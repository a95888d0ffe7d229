#include "control_client.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <stdexcept>
#include <utility>

#include "../json.h"
#include "../target_url.h"

namespace jackgw::sms::simulator {

ControlClient::ControlClient(std::string url) : url_(std::move(url)) {}

Poco::JSON::Object ControlClient::get(const std::string& target) const {
    return call("GET", target, {});
}

Poco::JSON::Object ControlClient::post(const std::string& target, const Poco::JSON::Object& body) const {
    return call("POST", target, to_text(body));
}

void ControlClient::del(const std::string& target) const {
    call("DELETE", target, {});
}

Poco::JSON::Object ControlClient::call(const std::string& method, const std::string& target,
                                       const std::string& body) const {
    const auto url = parse_target_url(url_);
    if (!url || url->scheme != "http") throw std::runtime_error("no http URL of a simulator: " + url_);
    int status = 0;
    std::string answer;
    try {
        Poco::Net::HTTPClientSession session(url->host, url->port);
        session.setTimeout(Poco::Timespan(120, 0));  // a text is answered when the gateway has answered
        Poco::Net::HTTPRequest request(method, target, Poco::Net::HTTPMessage::HTTP_1_1);
        request.setContentType("application/json");
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        session.sendRequest(request) << body << std::flush;
        Poco::Net::HTTPResponse response;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), answer);
        status = response.getStatus();
    } catch (const Poco::Exception& error) {
        throw std::runtime_error(
            "no simulator answers at " + url_ + " (" + error.displayText() +
            "): start one with `twilio-sim serve`, or name its URL with --url or TWILIO_SIM_URL");
    }
    if (status == 204) return json_object();
    const auto object = parse_object(answer);
    if (!object) throw std::runtime_error("what answers at " + url_ + " is no simulator");
    if (status >= 300)
        throw std::runtime_error(
            string_at(*object, "error", "refused with status " + std::to_string(status)));
    return *object;
}

}  // namespace jackgw::sms::simulator
