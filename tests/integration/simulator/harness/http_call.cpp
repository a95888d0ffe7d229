#include "http_call.h"

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/StreamCopier.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>

namespace jackgw::test {

std::string HttpReply::at(const std::string& path) const {
    Poco::JSON::Parser parser;
    Poco::Dynamic::Var value = parser.parse(body);
    for (const std::string& step : Poco::StringTokenizer(path, ".")) {
        if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
            const auto& object = value.extract<Poco::JSON::Object::Ptr>();
            if (!object->has(step)) return "(absent)";
            value = object->get(step);
        } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
            const auto& array = value.extract<Poco::JSON::Array::Ptr>();
            const auto index = static_cast<unsigned>(std::stoul(step));
            if (index >= array->size()) return "(absent)";
            value = array->get(index);
        } else {
            return "(absent)";
        }
    }
    return value.isEmpty() ? "null" : value.toString();
}

HttpReply http_call(const std::string& method, const std::string& url, const std::string& credentials,
                    const std::string& body, int timeout_s) {
    const Poco::URI uri(url);
    Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
    session.setTimeout(Poco::Timespan(timeout_s, 0));
    const auto target = url.substr(url.find('/', url.find("://") + 3));
    Poco::Net::HTTPRequest request(method, target, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setContentType("application/x-www-form-urlencoded");
    request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    if (const auto colon = credentials.find(':'); colon != std::string::npos) {
        Poco::Net::HTTPBasicCredentials(credentials.substr(0, colon), credentials.substr(colon + 1))
            .authenticate(request);
    }
    session.sendRequest(request) << body << std::flush;
    HttpReply reply;
    Poco::Net::HTTPResponse response;
    try {
        Poco::StreamCopier::copyToString(session.receiveResponse(response), reply.body);
    } catch (const Poco::Net::NoMessageException&) {
        return reply;
    } catch (const Poco::Net::ConnectionResetException&) {
        return reply;
    }
    reply.status = response.getStatus();
    for (const auto& [name, value] : response) reply.headers[name] = value;
    return reply;
}

}  // namespace jackgw::test
