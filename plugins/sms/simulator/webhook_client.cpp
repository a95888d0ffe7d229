#include "webhook_client.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/StreamCopier.h>

#include <chrono>
#include <utility>

#include "sms/signature/signature.h"

namespace jackgw::sms::simulator {

namespace {

using namespace std::chrono_literals;

// Twilio's documentation of messaging webhooks: connect 5 s, total 15 s.
const Poco::Timespan connect_timeout(5, 0);
const Poco::Timespan total_timeout(15, 0);
constexpr auto stop_latency = 100ms;
// Patient enough for a gateway that is being restarted, yet bounded.
constexpr unsigned default_retries = 5;

Poco::Net::SocketAddress address_of(const TargetUrl& url, const std::string& connect_to) {
    if (!connect_to.empty()) return Poco::Net::SocketAddress(connect_to);
    if (url.scheme == "https") {
        throw Poco::InvalidArgumentException(
            "https needs --connect-to HOST:PORT, this simulator speaks plain HTTP");
    }
    return Poco::Net::SocketAddress(url.host, url.port);
}

}  // namespace

bool should_retry(const TargetUrl& url, const WebhookAnswer& answer, unsigned retries) {
    if (answer.ok() || retries >= url.retry_count.value_or(default_retries)) return false;
    if (!answer.connected) return true;
    if (answer.status == 0) return url.retry_read_timeout;
    return answer.status >= 500 ? url.retry_5xx : answer.status >= 400 && url.retry_4xx;
}

WebhookClient::WebhookClient(std::string auth_token, std::string connect_to)
    : auth_token_(std::move(auth_token)), connect_to_(std::move(connect_to)) {}

WebhookAnswer WebhookClient::post(const TargetUrl& url, const Parameters& form,
                                  const std::string& idempotency_token) const {
    try {
        return exchange(url, form, idempotency_token);
    } catch (const Poco::Exception& error) {
        return {.error = error.displayText()};
    } catch (const std::exception& error) {
        return {.error = error.what()};
    }
}

WebhookAnswer WebhookClient::exchange(const TargetUrl& url, const Parameters& form,
                                      const std::string& token) const {
    if (stopping_) return {.error = "the simulator is stopping"};
    const std::string body = encode_form(form);
    Poco::Net::StreamSocket socket;
    socket.connect(address_of(url, connect_to_), connect_timeout);
    WebhookAnswer answer{.connected = true};
    try {
        Poco::Net::HTTPClientSession session(socket);
        session.setTimeout(total_timeout);
        Poco::Net::HTTPRequest request("POST", url.target, Poco::Net::HTTPMessage::HTTP_1_1);
        request.set("Host", url.authority);
        request.set("User-Agent", "TwilioProxy/1.1");
        request.set("Accept", "*/*");
        request.set("X-Twilio-Signature", compute_signature(auth_token_, url.signed_url, form));
        request.set("I-Twilio-Idempotency-Token", token);
        request.set("X-Home-Region", "us1");
        request.setContentType("application/x-www-form-urlencoded; charset=UTF-8");
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        request.setKeepAlive(false);
        if (const auto colon = url.credentials.find(':'); !url.credentials.empty()) {
            const auto password = colon == std::string::npos ? "" : url.credentials.substr(colon + 1);
            Poco::Net::HTTPBasicCredentials(url.credentials.substr(0, colon), password).authenticate(request);
        }
        session.sendRequest(request) << body << std::flush;

        // Waiting in slices instead of in one read: so stop() is heard, and the deadline is for the whole.
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::microseconds(total_timeout.totalMicroseconds());
        const Poco::Timespan slice(std::chrono::microseconds(stop_latency).count());
        while (!session.socket().poll(slice, Poco::Net::Socket::SELECT_READ)) {
            if (stopping_) throw Poco::IOException("the simulator is stopping");
            if (std::chrono::steady_clock::now() > deadline)
                throw Poco::TimeoutException("no answer in time");
        }
        Poco::Net::HTTPResponse response;
        std::istream& stream = session.receiveResponse(response);
        Poco::StreamCopier::copyToString(stream, answer.body);
        answer.status = response.getStatus();
        answer.content_type = response.getContentType();
    } catch (const Poco::Exception& error) {
        answer.error = error.displayText();
    }
    return answer;
}

}  // namespace jackgw::sms::simulator
