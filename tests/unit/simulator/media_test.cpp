#include "sms/simulator/media.h"

#include <catch2/catch.hpp>

#include "manual_clock.h"

using namespace jackgw::sms::simulator;

namespace {

const std::string base = "http://127.0.0.1:8090";
const std::string account = "/2010-04-01/Accounts/AC1";

struct House {
    House() {
        box.set_base_url(base);
        const std::string url = box.keep("MM1", {{}, "image/png", std::string("by\0tes", 6)});
        REQUIRE(url.find(base) == 0);
        path = url.substr(base.size());
    }

    HttpRequest request(const std::string& target, const std::string& method = "GET",
                        const std::string& authorization = {}) const {
        HttpRequest made;
        made.method = method;
        made.target = made.path = target;
        made.authorization = authorization;
        return made;
    }
    std::string header(const HttpResponse& response, const std::string& name) const {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return "";
    }

    ManualClock clock;
    FaultBox faults{clock};
    MediaBox box{account, faults};
    std::string path;  // of the medium's resource
};

}  // namespace

TEST_CASE("a medium's resource redirects to a CDN that wants no credentials") {
    House house;
    for (const char* method : {"GET", "HEAD"}) {
        const auto redirect = house.box.resource(house.request(house.path, method, "Basic x"));
        REQUIRE(redirect);
        CHECK(redirect->status == 307);
        const std::string target = house.header(*redirect, "Location");
        REQUIRE(MediaBox::is_cdn(target));
        const HttpResponse medium = house.box.cdn(house.request(target, method));
        CHECK(medium.status == 200);
        CHECK(medium.content_type == "image/png");
        CHECK(medium.body == std::string("by\0tes", 6));
        CHECK(house.box.cdn(house.request(target, method, "Basic x")).status == 400);
    }
    CHECK(house.box.resource(house.request(house.path, "DELETE"))->status == 405);
    CHECK(house.box.cdn(house.request("/cdn/ME0")).status == 404);
}

TEST_CASE("only this message's medium is there, and other paths are others' business") {
    House house;
    CHECK(house.box.resource(house.request(account + "/Messages/MM1/Media/ME0"))->status == 404);
    const std::string sid = house.path.substr(house.path.rfind('/') + 1);
    CHECK(house.box.resource(house.request(account + "/Messages/MM2/Media/" + sid))->status == 404);
    CHECK_FALSE(house.box.resource(house.request(account + "/Messages/MM1.json")));
    CHECK_FALSE(house.box.resource(house.request("/2010-04-01/Accounts/AC2/Messages/MM1/Media/" + sid)));
}

TEST_CASE("faults of media concern media alone") {
    House house;
    const auto fetch = [&] { return *house.box.resource(house.request(house.path)); };
    house.faults.add({.kind = FaultKind::media_missing});
    house.faults.add({.kind = FaultKind::media_elsewhere});
    house.faults.add({.kind = FaultKind::media_chunked});
    CHECK_FALSE(house.faults.take("+15559876543"));
    CHECK(fetch().status == 404);
    CHECK(house.header(fetch(), "Location").find("https://media.example.com/") == 0);
    const std::string target = house.header(fetch(), "Location");
    CHECK(house.box.cdn(house.request(target)).chunked);
    CHECK_FALSE(house.box.cdn(house.request(target)).chunked);
    house.faults.add({.kind = FaultKind::cut_before});
    CHECK(fetch().status == 307);
    CHECK(house.faults.take("+15559876543"));
}
