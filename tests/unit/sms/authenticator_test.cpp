#include "sms/signature/authenticator.h"

#include <catch2/catch.hpp>

#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using sms::test::account;

namespace {

const std::string other = "AC" + std::string(32, '9');
const std::string other_token(32, '1');
const std::string rotated(32, '2');
const std::string url = sms::test::public_url + "/webhooks/twilio/sms";

Accounts two_accounts() {
    Account own = sms::test::own_account();
    own.auth_token_secondary = rotated;
    return Accounts(own, {{other, other_token, "", "SK1", "key secret", "https://api.twilio.com"}});
}

const std::string unknown = "AC" + std::string(32, 'f');

/// Why a form that is signed under `token` is refused.
std::string refusal(const Parameters& form, const std::string& token, bool get = false,
                    const std::string& other_url = {}, const std::string& signed_as = {}) {
    const std::string target = get ? url + "?" + encode_form(form) : url;
    const std::string signature =
        compute_signature(token, signed_as.empty() ? target : signed_as, get ? Parameters{} : form);
    const std::string query = get ? encode_form(form) : "";
    const std::vector<jackgw_pair> headers{plugin::pair("X-Twilio-Signature", signature)};
    jackgw_request request{};
    request.struct_size = sizeof request;
    request.method = get ? JACKGW_METHOD_GET : JACKGW_METHOD_POST;
    request.url = plugin::str(target);
    request.query = plugin::str(query);
    request.headers = plugin::pairs(headers);
    return Authenticator(two_accounts()).refusal(request, form, other_url);
}

Parameters form_of(const std::string& sid) {
    return {{"AccountSid", sid}, {"From", sms::test::guest}, {"To", sms::test::hotel}};
}

}  // namespace

TEST_CASE("A request is checked under the tokens of the account that it names") {
    struct Row {
        Parameters form;
        std::string token;
        std::string refusal;  // what it contains; empty: authentic
    };
    const Parameters nobody{{"From", sms::test::guest}};
    const auto row = GENERATE_REF(values<Row>({
        {form_of(account), sms::test::token, ""},
        {form_of(account), rotated, ""},
        {form_of(account), other_token, "auth token of account " + account},
        {form_of(other), other_token, ""},
        {form_of(other), sms::test::token, "auth token of account " + other},
        {form_of(other), rotated, "auth token of account " + other},
        {form_of(other), "key secret", "auth token of account " + other},
        {form_of(other), "", "auth token of account " + other},
        {nobody, sms::test::token, ""},
        {nobody, rotated, ""},
        {nobody, other_token, "auth token of account " + account},
        {form_of(unknown), sms::test::token, "account " + unknown + ", which is not configured"},
        {form_of(unknown), other_token, "account " + unknown + ", which is not configured"},
        {form_of(""), sms::test::token, "AccountSid is none"},
        {{{"AccountSid", other}, {"AccountSid", account}},
         sms::test::token,
         "auth token of account " + other},
        {{{"AccountSid", account}, {"AccountSid", other}}, other_token, "auth token of account " + account},
    }));
    const bool get = GENERATE(false, true);
    CAPTURE(row.form.front().value, row.token, get);
    const std::string told = refusal(row.form, row.token, get);
    if (row.refusal.empty()) {
        CHECK(told.empty());
    } else {
        CHECK_THAT(told, Catch::Contains(row.refusal));
        CHECK_THAT(told, !Catch::Contains(sms::test::token) && !Catch::Contains(other_token));
    }
}

TEST_CASE("What an unauthenticated request names as its account is told only if it has the form of one") {
    const auto named = GENERATE_COPY(
        values<std::string>({"hello", "AC1", "AC" + std::string(32, 'g'), "AC" + std::string(31, '0') + "\n",
                             unknown + "0", "SK" + std::string(32, '0'), std::string(5000, 'x')}));
    CAPTURE(named);
    CHECK(refusal(form_of(named), "x") == "refused a request whose AccountSid is none: AC and 32 hex digits");
}

TEST_CASE("A route's other URL is what any account's requests may be signed for") {
    const std::string configured = "https://hooks.example.org/jack";
    CHECK(refusal(form_of(other), other_token, false, configured, configured).empty());
    CHECK_FALSE(refusal(form_of(other), sms::test::token, false, configured, configured).empty());
    CHECK_FALSE(refusal(form_of(other), other_token, false, "", configured).empty());
}
