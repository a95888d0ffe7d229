#include "sms/media/media_hosts.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

namespace {

struct Row {
    const char* url;
    MediaHost host;
};

}  // namespace

TEST_CASE("Only Twilio and its CDN are asked for media, over https on the usual port") {
    const MediaHosts hosts("https://api.twilio.com");
    const auto row = GENERATE(values<Row>({
        {"https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", MediaHost::provider},
        {"https://api.dublin.ie1.twilio.com:443/x", MediaHost::provider},
        {"https://media.twiliocdn.com/AC1/x", MediaHost::cdn},
        {"https://mms.eu.twiliocdn.com", MediaHost::cdn},
        {"http://api.twilio.com/x", MediaHost::elsewhere},
        {"https://api.twilio.com:8443/x", MediaHost::elsewhere},
        {"https://twilio.com/x", MediaHost::elsewhere},
        {"https://.twilio.com/x", MediaHost::elsewhere},
        {"https://eviltwilio.com/x", MediaHost::elsewhere},
        {"https://api.twilio.com.evil.example/x", MediaHost::elsewhere},
        {"https://evil.example/api.twilio.com", MediaHost::elsewhere},
        {"https://evil.example?.twilio.com", MediaHost::elsewhere},
        {"https://evil.example#.twilio.com", MediaHost::elsewhere},
        {"https://evil.example\\.twilio.com/x", MediaHost::elsewhere},
        {"https://api.twilio.com@evil.example/x", MediaHost::elsewhere},
        {"https://user:word@api.twilio.com/x", MediaHost::elsewhere},
        {"https://API.TWILIO.COM/x", MediaHost::elsewhere},
        {"https://127.0.0.1/x", MediaHost::elsewhere},
        {"http://127.0.0.1:8090/2010-04-01/x", MediaHost::elsewhere},
        {"http://169.254.169.254/latest/meta-data", MediaHost::elsewhere},
        {"https://s3.amazonaws.com/x", MediaHost::elsewhere},
        {"", MediaHost::elsewhere},
    }));
    CAPTURE(row.url);
    CHECK(hosts.classify(row.url) == row.host);
    CHECK_FALSE(hosts.is_simulator(row.url));
}

TEST_CASE("A simulator on this machine is both, at its exact origin only") {
    const MediaHosts hosts("http://127.0.0.1:8090");
    const auto row = GENERATE(values<Row>({
        {"http://127.0.0.1:8090/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", MediaHost::provider},
        {"http://127.0.0.1:8090/cdn/ME1", MediaHost::cdn},
        {"http://127.0.0.1:8090/2010-04-01", MediaHost::cdn},
        {"http://127.0.0.1:8091/2010-04-01/x", MediaHost::elsewhere},
        {"http://127.0.0.1/2010-04-01/x", MediaHost::elsewhere},
        {"https://127.0.0.1:8090/2010-04-01/x", MediaHost::elsewhere},
        {"http://127.0.0.2:8090/2010-04-01/x", MediaHost::elsewhere},
        {"http://localhost:8090/2010-04-01/x", MediaHost::elsewhere},
        {"http://user@127.0.0.1:8090/2010-04-01/x", MediaHost::elsewhere},
    }));
    CAPTURE(row.url);
    CHECK(hosts.classify(row.url) == row.host);
    CHECK(hosts.is_simulator(row.url) == (row.host != MediaHost::elsewhere));
}

TEST_CASE("A base URL elsewhere lends its host no trust") {
    const MediaHosts hosts("https://proxy.example.com");
    CHECK(hosts.classify("https://proxy.example.com/2010-04-01/x") == MediaHost::elsewhere);
    CHECK(hosts.classify("https://api.twilio.com/2010-04-01/x") == MediaHost::provider);
}
