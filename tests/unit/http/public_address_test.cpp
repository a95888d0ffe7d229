#include "http/wire/public_address.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;

namespace {

struct Row {
    const char* first;
    const char* last;
};

}  // namespace

TEST_CASE("Every special block of addresses is refused from its first address to its last") {
    const auto row = GENERATE(values<Row>({
        {"0.0.0.0", "0.255.255.255"},
        {"10.0.0.0", "10.255.255.255"},
        {"100.64.0.0", "100.127.255.255"},
        {"127.0.0.0", "127.255.255.255"},
        {"169.254.0.0", "169.254.255.255"},
        {"169.254.169.254", "169.254.169.254"},
        {"172.16.0.0", "172.31.255.255"},
        {"192.0.0.0", "192.0.0.255"},
        {"192.0.2.0", "192.0.2.255"},
        {"192.88.99.0", "192.88.99.255"},
        {"192.168.0.0", "192.168.255.255"},
        {"198.18.0.0", "198.19.255.255"},
        {"198.51.100.0", "198.51.100.255"},
        {"203.0.113.0", "203.0.113.255"},
        {"224.0.0.0", "239.255.255.255"},
        {"240.0.0.0", "255.255.255.255"},
        {"::", "::1"},
        {"::7f00:1", "::8.8.8.8"},                    // IPv4-compatible
        {"::ffff:127.0.0.1", "::ffff:10.1.2.3"},      // IPv4-mapped
        {"::ffff:a9fe:a9fe", "::ffff:192.168.0.1"},   // … in hexadecimal
        {"64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1"},  // NAT64
        {"64:ff9b::a9fe:a9fe", "64:ff9b::192.168.1.1"},
        {"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:808:808"},
        {"100::", "100::ffff:ffff:ffff:ffff"},  // discard
        {"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2002:7f00:1::", "2002:a9fe:a9fe::1"},  // 6to4
        {"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"fec0::1", "fec0::2"},
        {"ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    }));
    CAPTURE(row.first, row.last);
    CHECK_FALSE(is_public_address(row.first));
    CHECK_FALSE(is_public_address(row.last));
}

TEST_CASE("Addresses beside the special blocks are public") {
    const auto address =
        GENERATE("1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
                 "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
                 "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
                 "203.0.112.255", "203.0.114.0", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
                 "2000::1", "2001:200::1", "2001:db7::1", "2003::1", "2606:4700::1111", "3ffe::1");
    CAPTURE(address);
    CHECK(is_public_address(address));
}

TEST_CASE("What is no address is not public") {
    const auto text = GENERATE("", "localhost", "127.1", "0x7f000001", "2130706433", "8.8.8.8 ",
                               "fe80::1%eth0", "[2606:4700::1111]", "8.8.8.8:80");
    CAPTURE(text);
    CHECK_FALSE(is_public_address(text));
}
