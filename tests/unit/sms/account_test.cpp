#include "sms/account.h"

#include <catch2/catch.hpp>

#include "samples.h"
#include "sms/signature/hmac.h"

using namespace jackgw::sms;

namespace {

const std::string other = "AC" + std::string(32, '9');

}  // namespace

TEST_CASE("An account's resources lie below its SID") {
    CHECK(test::own_account().url("/Messages.json") ==
          "https://api.twilio.com/2010-04-01/Accounts/" + test::account + "/Messages.json");
}

TEST_CASE("The token authorises, or a key instead of it; the other token never does") {
    Account account = test::own_account();
    account.auth_token_secondary = "another";
    CHECK(account.authorization() == "Basic " + base64(test::account + ":" + test::token));
    account.api_key_sid = "SK1";
    account.api_key_secret = "key secret";
    CHECK(account.authorization() == "Basic " + base64("SK1:key secret"));
}

TEST_CASE("Signatures are accepted of both tokens while there are two, of no key") {
    Account account = test::own_account();
    account.api_key_secret = "key secret";
    CHECK(account.tokens() == std::vector<std::string>{test::token});
    account.auth_token_secondary = "another";
    CHECK(account.tokens() == std::vector<std::string>{test::token, "another"});
}

TEST_CASE("Accounts are found by their SIDs, the channel's own is the first") {
    Account further = test::own_account();
    further.sid = other;
    const Accounts accounts(test::own_account(), {further});
    CHECK(accounts.own().sid == test::account);
    CHECK(accounts.find(test::account) == &accounts.all()[0]);
    CHECK(accounts.find(other) == &accounts.all()[1]);
    CHECK(accounts.find("") == nullptr);
    CHECK(accounts.find(test::account + "0") == nullptr);
}
