#include "http/outgoing/request_text.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;
using namespace std::chrono_literals;

namespace {

Url url() {
    std::string fault;
    return *parse_url("https://api.example.com:8443/x?y", fault);
}

ClientRequest with_header(std::string name, std::string value) {
    ClientRequest request;
    request.headers = {{std::move(name), std::move(value)}};
    return request;
}

}  // namespace

TEST_CASE("Requests are written with the host's headers") {
    ClientRequest request;
    CHECK(request_text(request, url(), "jack") ==
          "GET /x?y HTTP/1.1\r\nHost: api.example.com:8443\r\nUser-Agent: jack\r\n\r\n");
    request.method = "POST";
    request.headers = {{"user-agent", "own"}, {"X-A", ""}};
    request.body = "a=b";
    CHECK(request_text(request, url(), "jack") ==
          "POST /x?y HTTP/1.1\r\nHost: api.example.com:8443\r\nuser-agent: own\r\nX-A: \r\nContent-Length: "
          "3\r\n\r\na=b");
    request.body.clear();
    CHECK(request_text(request, url(), "jack").find("Content-Length: 0\r\n") != std::string::npos);
}

TEST_CASE("Requests that aren't allowed are refused, naming no values") {
    CHECK(request_fault(with_header("Authorization", "Basic abc")).empty());
    for (const auto* name : {"Host", "content-length", "Connection", "Transfer-Encoding", "Expect", "Upgrade",
                             "", "A B", "A:"}) {
        CAPTURE(name);
        CHECK_FALSE(request_fault(with_header(name, "secret")).empty());
    }
    for (const auto& value :
         {std::string("secret\r\nX: y"), std::string("secret\n"), std::string("secret\0", 7)}) {
        const auto fault = request_fault(with_header("X-A", value));
        CHECK(fault.find("X-A") != std::string::npos);
        CHECK(fault.find("secret") == std::string::npos);
    }
    for (const auto* method : {"", "GE T", "GET\r\n", "CONNECT", "TRACE"}) {
        CAPTURE(method);
        ClientRequest request;
        request.method = method;
        CHECK_FALSE(request_fault(request).empty());
    }
    for (const auto timeout : {0ms, -1ms, 60'001ms}) {
        ClientRequest request;
        request.total_timeout = timeout;
        CHECK_FALSE(request_fault(request).empty());
        request = {};
        request.connect_timeout = timeout;
        CHECK_FALSE(request_fault(request).empty());
    }
}
