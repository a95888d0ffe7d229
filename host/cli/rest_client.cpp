#include "cli/rest_client.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>

#include <algorithm>
#include <array>
#include <istream>
#include <memory>

#include "config/address.h"

namespace jackgw::cli {

namespace {

using Poco::Net::HTTPClientSession;

constexpr std::size_t longest_answer = 16'777'216;
constexpr long connect_seconds = 5;

std::unique_ptr<HTTPClientSession> session_for(const config::Url& url) {
    const bool secure = url.scheme == "https";
    const auto port = static_cast<Poco::UInt16>(url.port >= 0 ? url.port : secure ? 443 : 80);
    if (!secure) return std::make_unique<HTTPClientSession>(url.host, port);
    Poco::Net::Context::Params parameters;
    parameters.verificationMode =
        Poco::Net::Context::VERIFY_STRICT;  // names of local servers are checked too
    parameters.loadDefaultCAs = true;
    const auto context = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, parameters);
    return std::make_unique<Poco::Net::HTTPSClientSession>(url.host, port, context);
}

std::string read_body(std::istream& in, const std::string& url) {
    std::string body;
    std::array<char, 8192> buffer{};
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
        body.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
        if (body.size() > longest_answer) throw NoAnswer(url + " answers with more than 16 MiB");
    }
    return body;
}

}  // namespace

RestClient::RestClient(std::string base_url, std::string token, std::chrono::milliseconds timeout)
    : base_url_(std::move(base_url)), token_(std::move(token)), timeout_(timeout) {}

Answer RestClient::get(const std::string& path) const {
    return request("GET", path, "");
}

Answer RestClient::post(const std::string& path, const std::string& json_body) const {
    return request("POST", path, json_body);
}

Answer RestClient::request(const std::string& method, const std::string& path,
                           const std::string& body) const {
    const auto url = config::parse_url(base_url_);
    if (!url) throw NoAnswer(base_url_ + " is not an absolute http or https URL");
    bool written = false;
    try {
        const auto session = session_for(*url);
        const Poco::Timespan total(timeout_.count() * 1000);
        session->setTimeout(std::min(total, Poco::Timespan(connect_seconds, 0)), total, total);
        session->setKeepAlive(false);
        Poco::Net::HTTPRequest head(method, url->path + "/api/v1" + path, Poco::Net::HTTPMessage::HTTP_1_1);
        if (!token_.empty()) head.set("Authorization", "Bearer " + token_);
        head.set("Accept", "application/json");
        if (method == "POST") head.setContentLength(static_cast<std::streamsize>(body.size()));
        if (!body.empty()) head.setContentType("application/json");
        std::ostream& out = session->sendRequest(head);
        written = true;
        out << body << std::flush;
        Poco::Net::HTTPResponse response;
        std::istream& in = session->receiveResponse(response);
        return {response.getStatus(), read_body(in, base_url_)};
    } catch (const Poco::Net::SSLException& error) {
        throw NoAnswer("no secure connection to " + base_url_ + ": " + error.displayText());
    } catch (const Poco::Exception& error) {
        if (!written)
            throw NoAnswer("cannot reach " + base_url_ + " (" + error.displayText() +
                           "): is the gateway running at this URL?");
        throw NoAnswer("the connection to " + base_url_ + " was lost before the answer came (" +
                       error.displayText() + "): the request may have been carried out");
    }
}

}  // namespace jackgw::cli
