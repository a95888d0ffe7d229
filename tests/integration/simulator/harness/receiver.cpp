#include "receiver.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <condition_variable>
#include <mutex>
#include <utility>

#include "sms/signature/signature.h"

namespace jackgw::test {

namespace {

/// What the server's threads share with the test.
struct Shared {
    explicit Shared(const std::string& token) : verifier({token}) {}

    const sms::SignatureVerifier verifier;
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::vector<Received> received;
    std::function<ReceiverAnswer(const Received&)> answer = [](const Received&) { return ReceiverAnswer{}; };
};

class Handler final : public Poco::Net::HTTPRequestHandler {
  public:
    explicit Handler(Shared& shared) : shared_(shared) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
        std::string body;
        Poco::StreamCopier::copyToString(request.stream(), body);
        Received received;
        received.target = request.getURI();
        received.idempotency_token = request.get("I-Twilio-Idempotency-Token", "");
        received.form = sms::parse_form(body);
        const std::string url = "http://" + request.getHost() + request.getURI();
        const std::string signature = request.get("X-Twilio-Signature", "");
        const std::string type = request.getContentType();
        received.signature_holds = shared_.verifier.verify(
            {.url = url, .signature = signature, .content_type = type, .authorization = {}, .body = body},
            received.form);
        std::function<ReceiverAnswer(const Received&)> answer;
        {
            const std::lock_guard lock(shared_.mutex);
            shared_.received.push_back(received);
            answer = shared_.answer;
            shared_.changed.notify_all();
        }
        const ReceiverAnswer said = answer(received);
        response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(said.status));
        response.setContentType(said.content_type);
        response.sendBuffer(said.body.data(), said.body.size());
    }

  private:
    Shared& shared_;
};

class HandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
  public:
    explicit HandlerFactory(Shared& shared) : shared_(shared) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return std::make_unique<Handler>(shared_).release();
    }

  private:
    Shared& shared_;
};

}  // namespace

struct Receiver::Parts {
    explicit Parts(const std::string& token)
        : shared(token),
          server(Poco::makeShared<HandlerFactory>(shared),
                 Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)),
                 Poco::makeAuto<Poco::Net::HTTPServerParams>()) {
        server.start();
    }
    ~Parts() { server.stopAll(true); }

    Shared shared;
    Poco::Net::HTTPServer server;
};

Receiver::Receiver(std::string auth_token) : parts_(std::make_unique<Parts>(auth_token)) {}

Receiver::~Receiver() = default;

std::string Receiver::url() const {
    return "http://127.0.0.1:" + std::to_string(parts_->server.port());
}

void Receiver::answer_with(std::function<ReceiverAnswer(const Received&)> answer) {
    const std::lock_guard lock(parts_->shared.mutex);
    parts_->shared.answer = std::move(answer);
}

std::vector<Received> Receiver::wait_for(std::size_t count, std::chrono::seconds limit) const {
    const Shared& shared = parts_->shared;
    std::unique_lock lock(shared.mutex);
    shared.changed.wait_for(lock, limit, [&] { return shared.received.size() >= count; });
    return shared.received;
}

}  // namespace jackgw::test
