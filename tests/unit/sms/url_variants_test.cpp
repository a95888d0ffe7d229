#include "sms/signature/url_variants.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

TEST_CASE("A URL is varied in port, credentials and escapes, its own form first") {
    struct Row {
        std::string url;
        std::string credentials;
        std::vector<std::string> variants;
    };
    const auto row = GENERATE(values<Row>({
        {"https://a.b/c?d=1", "", {"https://a.b/c?d=1", "https://a.b:443/c?d=1"}},
        {"http://a.b/c", "", {"http://a.b/c", "http://a.b:80/c"}},
        {"https://a.b:1234/c", "", {"https://a.b:1234/c", "https://a.b/c"}},
        {"https://a.b/c#rc=3&rp=all", "", {"https://a.b/c", "https://a.b:443/c"}},
        {"https://[::1]/c", "", {"https://[::1]/c", "https://[::1]:443/c"}},
        {"http://[::1]:8080/c", "", {"http://[::1]:8080/c", "http://[::1]/c"}},
        {"https://a.b?d=1", "", {"https://a.b?d=1", "https://a.b:443?d=1"}},
        {"https://u:p@a.b/c",
         "",
         {"https://u:p@a.b/c", "https://u:p@a.b:443/c", "https://a.b/c", "https://a.b:443/c"}},
        {"https://a.b/c",
         "u:p",
         {"https://a.b/c", "https://a.b:443/c", "https://u:p@a.b/c", "https://u:p@a.b:443/c"}},
        {"https://a.b:1/c?d='",
         "",
         {"https://a.b:1/c?d='", "https://a.b/c?d='", "https://a.b:1/c?d=%27", "https://a.b/c?d=%27"}},
        {"https://a.b:1/c?d=%27(*)%20&e&d=x+y",
         "",
         {"https://a.b:1/c?d=%27(*)%20&e&d=x+y", "https://a.b/c?d=%27(*)%20&e&d=x+y",
          "https://a.b:1/c?d='(*)%20&e&d=x+y", "https://a.b/c?d='(*)%20&e&d=x+y",
          "https://a.b:1/c?d='(*)%20&d=x%20y&e=", "https://a.b/c?d='(*)%20&d=x%20y&e="}},
    }));
    CAPTURE(row.url);
    CHECK(url_variants(row.url, row.credentials) == row.variants);
}
