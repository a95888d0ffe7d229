#include "sms/signature/signature.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

using namespace jackgw::sms;

namespace {

const std::string token = "12345";
const std::string published_url = "https://mycompany.com/myapp.php?foo=1&bar=2";
const Parameters published_form{{"CallSid", "CA1234567890ABCDE"},
                                {"Caller", "+14158675309"},
                                {"Digits", "1234"},
                                {"From", "+14158675309"},
                                {"To", "+18005551212"}};

bool verifies(const std::string& url, const Parameters& form, const std::string& signature) {
    const SignatureVerifier verifier({token});
    return verifier.verify({.url = url, .signature = signature}, form);
}

}  // namespace

TEST_CASE("The published signatures are computed") {
    const auto [url, signature] = GENERATE(table<const char*, const char*>({
        {"https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
        {"https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="},
        {"http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="},
        {"http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="},
        {"https://mycompany.com:1234/myapp.php?foo=1&bar=2", "CYn1h0gLBdNxDGkKJg6hYohgeD8="},
    }));
    CAPTURE(url);
    CHECK(compute_signature(token, url, published_form) == signature);
    CHECK(verifies(url, published_form, signature));
}

TEST_CASE("The URL alone is signed where there are no parameters") {
    CHECK(compute_signature(token, published_url, {}) == "zYQTYrRWXE7LtzbG4PfP7/bkkGo=");
    const SignatureVerifier verifier({token});
    CHECK(verifier.verify({.get = true, .url = published_url, .signature = "zYQTYrRWXE7LtzbG4PfP7/bkkGo="},
                          published_form));
}

TEST_CASE("A repeated name counts once for each distinct value") {
    const Parameters form{{"Sid", "CA123"},
                          {"Digits", "5678"},
                          {"SidAccount", "AC123"},
                          {"Digits", "1234"},
                          {"Digits", "1234"}};
    CHECK(compute_signature(token, published_url, form) == "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
    CHECK(verifies(published_url, form, "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
}

TEST_CASE("Names sort by code unit, empty values still contribute their names") {
    // Expected by hand: one text whose parameters are already in the order in which they are signed.
    const auto [unsorted, signed_text] = GENERATE(table<Parameters, std::string>({
        {{{"b", "1"}, {"a", "2"}}, "a2b1"},
        {{{"MediaUrl2", "x"}, {"MediaUrl10", "y"}}, "MediaUrl10yMediaUrl2x"},
        {{{"a", "4"}, {"_", "3"}, {"A", "2"}, {"1", "1"}}, "11A2_3a4"},
        {{{"AB", "2"}, {"A", "1"}}, "A1AB2"},
        {{{"FromCity", ""}, {"Body", " x "}}, "Body x FromCity"},
        {{{"Body", "\xf0\x9f\x9b\x8e"}}, "Body\xf0\x9f\x9b\x8e"},
        // As UTF-16 has it: U+D7FF, then what takes a surrogate pair, then U+FF01.
        {{{"！", "3"}, {"🛎", "2"}, {"\xed\x9f\xbf", "1"}},
         "\xed\x9f\xbf"
         "1🛎2！3"},
        {{{"a", "！"}, {"a", "🛎"}}, "a🛎a！"},
        {{{"a🛎", "2"}, {"a", "1"}}, "a1a🛎2"},
    }));
    CAPTURE(signed_text);
    CHECK(compute_signature(token, "https://a.b/", unsorted) ==
          compute_signature(token, "https://a.b/" + signed_text, {}));
}

TEST_CASE("A signature is accepted however Twilio wrote the URL") {
    const auto [seen, signed_url] = GENERATE(table<const char*, const char*>({
        {"https://a.b/c", "https://a.b:443/c"},
        {"https://a.b:443/c", "https://a.b/c"},
        {"http://a.b/c", "http://a.b:80/c"},
        {"https://a.b:1234/c", "https://a.b/c"},
        {"https://a.b/c?d='x'", "https://a.b/c?d=%27x%27"},
        {"https://a.b/c?d=%27x%27", "https://a.b/c?d='x'"},
        {"https://a.b/c?d=(x)%20y", "https://a.b/c?d=(x)%20y"},
        {"https://a.b/c?d=x+y", "https://a.b/c?d=x%20y"},
        {"https://u:p@a.b/c", "https://a.b/c"},
        {"https://u:p@a.b/c", "https://u:p@a.b/c"},
        {"https://a.b/c#rc=3&rp=all", "https://a.b/c"},
    }));
    CAPTURE(seen, signed_url);
    CHECK(verifies(seen, published_form, compute_signature(token, signed_url, published_form)));
}

TEST_CASE("Credentials that came as Basic authentication may have been signed in the URL") {
    const SignatureVerifier verifier({token});
    const std::string with = compute_signature(token, "https://user:secret@a.b/c", published_form);
    SignedRequest request{.url = "https://a.b/c", .signature = with};
    CHECK_FALSE(verifier.verify(request, published_form));
    request.authorization = "Basic dXNlcjpzZWNyZXQ=";
    CHECK(verifier.verify(request, published_form));
    request.authorization = "Basic !!!!";
    CHECK_FALSE(verifier.verify(request, published_form));
    const std::string without = compute_signature(token, "https://a.b/c", published_form);
    request.authorization = "Basic dXNlcjpzZWNyZXQ=";
    request.signature = without;
    CHECK(verifier.verify(request, published_form));
}

TEST_CASE("A changed request does not verify") {
    const std::string good = compute_signature(token, published_url, published_form);
    CHECK(verifies(published_url, published_form, good));

    Parameters form = published_form;
    form[2].value = "1235";
    CHECK_FALSE(verifies(published_url, form, good));
    form = published_form;
    form.push_back({"Extra", ""});
    CHECK_FALSE(verifies(published_url, form, good));
    form = published_form;
    form.pop_back();
    CHECK_FALSE(verifies(published_url, form, good));
    CHECK_FALSE(verifies("https://mycompany.com/myapp.php?foo=1&bar=3", published_form, good));
    CHECK_FALSE(verifies("http://mycompany.com/myapp.php?foo=1&bar=2", published_form, good));
    CHECK_FALSE(verifies("https://mycompany.co/myapp.php?foo=1&bar=2", published_form, good));
}

TEST_CASE("A missing or malformed signature does not verify") {
    const auto signature =
        GENERATE(as<std::string>{}, "", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "RSOYDt4T1cUTdK1PDd93/VVr8B8= ",
                 "rsoydt4t1cutdk1pdd93/vvr8b8=", "RSOYDt4T1cUTdK1PDd93/VVr8B8=RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    CAPTURE(signature);
    CHECK_FALSE(verifies(published_url, published_form, signature));
}

TEST_CASE("Without a token nothing verifies") {
    const std::string by_nobody = compute_signature("", published_url, published_form);
    CHECK_FALSE(SignatureVerifier({}).verify({.url = published_url, .signature = by_nobody}, published_form));
    CHECK_FALSE(
        SignatureVerifier({""}).verify({.url = published_url, .signature = by_nobody}, published_form));
}

TEST_CASE("During a rotation both tokens verify") {
    const SignatureVerifier verifier({"old", "new"});
    for (const char* key : {"old", "new"}) {
        const std::string signature = compute_signature(key, published_url, published_form);
        CHECK(verifier.verify({.url = published_url, .signature = signature}, published_form));
    }
    const std::string other = compute_signature("other", published_url, published_form);
    CHECK_FALSE(verifier.verify({.url = published_url, .signature = other}, published_form));
}

TEST_CASE("A JSON body is covered by the hash in the query") {
    const std::string body = R"({"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"})";
    const std::string hash = sha256_hex(body);
    const std::string url = "https://example.com/myapp?bodySHA256=" + hash;
    const std::string signature = compute_signature(token, url, {});
    const SignatureVerifier verifier({token});
    SignedRequest request{
        .url = url, .signature = signature, .content_type = "application/json", .body = body};
    CHECK(hash == "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9");
    CHECK(verifier.verify(request, {}));

    request.body = "{}";
    CHECK_FALSE(verifier.verify(request, {}));

    request.body = body;
    const std::string bare = "https://example.com/myapp";
    const std::string bare_signature = compute_signature(token, bare, {});
    request.url = bare;
    request.signature = bare_signature;
    CHECK_FALSE(verifier.verify(request, {}));
}

TEST_CASE("A body is a form where it says so or says nothing") {
    CHECK(is_form(""));
    CHECK(is_form("application/x-www-form-urlencoded"));
    CHECK(is_form("Application/X-WWW-Form-Urlencoded ; charset=UTF-8"));
    CHECK_FALSE(is_form("application/json"));
    CHECK_FALSE(is_form("application/x-www-form-urlencodedx"));
}

TEST_CASE("One verifier serves many threads") {
    const SignatureVerifier verifier({token});
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            const std::string url = published_url + "&thread=" + std::to_string(i);
            for (int n = 0; n < 200; ++n) {
                const std::string signature = compute_signature(token, url, published_form);
                if (verifier.verify({.url = url, .signature = signature}, published_form)) ++good;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(good == 1600);
}
