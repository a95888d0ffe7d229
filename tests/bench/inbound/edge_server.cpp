// bench_inbound_edge static|signature: the gateway's HTTP server with as little behind it as the name says,
// to compare the gateway with. Serves until SIGTERM.

#include <signal.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "base/time.h"
#include "http/server.h"
#include "provider.h"
#include "sms/signature/signature.h"
#include "sms/webhooks/form.h"

using namespace jackgw;

namespace {

http::Response twiml() {
    return {200, {{"Content-Type", "text/xml"}}, std::string(bench::empty_twiml)};
}

http::Response checked(const sms::SignatureVerifier& verifier, const http::Request& request) {
    const std::string url = std::string(bench::public_url) + request.target;
    const sms::SignedRequest as_signed{false,
                                       url,
                                       request.header("X-Twilio-Signature").value_or(""),
                                       request.header("Content-Type").value_or(""),
                                       request.header("Authorization").value_or(""),
                                       request.body};
    if (!verifier.verify(as_signed, sms::parse_form(request.body))) return {403, {}, {}};
    return twiml();
}

}  // namespace

int main(int count, char** arguments) {
    const std::string kind = count == 2 ? arguments[1] : "";
    if (kind != "static" && kind != "signature") {
        std::fputs("usage: bench_inbound_edge static|signature\n", stderr);
        return 2;
    }
    sigset_t ending;
    ::sigemptyset(&ending);
    ::sigaddset(&ending, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    const SystemClock clock;
    const sms::SignatureVerifier verifier({std::string(bench::auth_token)});
    http::Handler handler = [](const http::Request&) { return twiml(); };
    if (kind == "signature")
        handler = [&verifier](const http::Request& request) { return checked(verifier, request); };
    http::Server server({}, clock, handler);
    server.start();
    std::fprintf(stderr, "listening on http://127.0.0.1:%u\n", unsigned{server.port()});

    int number = 0;
    ::sigwait(&ending, &number);
    return server.stop(std::chrono::seconds{5}) ? 0 : 1;
}
