#include "sms/signature/signature.h"

#include <algorithm>

#include "sms/signature/url_variants.h"

namespace jackgw::sms {

namespace {

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

/// The order of UTF-16 code units (Twilio's documentation of request signatures): that of the bytes of UTF-8,
/// but that characters beyond U+FFFF, whose bytes begin with 0xf0 and more, stand before those from U+E000
/// on.
bool stands_before(std::string_view left, std::string_view right) {
    const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (l == left.end() || r == right.end()) return l == left.end() && r != right.end();
    const auto a = static_cast<unsigned char>(*l);
    const auto b = static_cast<unsigned char>(*r);
    if (a >= 0xee && b >= 0xee && (a >= 0xf0) != (b >= 0xf0)) return a >= 0xf0;
    return a < b;
}

/// What is signed behind the URL: digits stand before upper case before '_' before lower case, a prefix
/// first.
std::string appended_parameters(const Parameters& parameters) {
    std::vector<const Parameter*> sorted;
    sorted.reserve(parameters.size());
    for (const Parameter& parameter : parameters) sorted.push_back(&parameter);
    std::sort(sorted.begin(), sorted.end(), [](const Parameter* a, const Parameter* b) {
        return a->name == b->name ? stands_before(a->value, b->value) : stands_before(a->name, b->name);
    });
    sorted.erase(std::unique(sorted.begin(), sorted.end(),
                             [](const Parameter* a, const Parameter* b) { return *a == *b; }),
                 sorted.end());
    std::string out;
    for (const Parameter* parameter : sorted) out.append(parameter->name).append(parameter->value);
    return out;
}

std::string signature_under(const HmacSha1& key, std::string_view url, std::string_view appended) {
    const HmacSha1::Digest digest = key.compute({url, appended});
    return base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

/// "user:password" of a Basic authorization; empty if it is none.
std::string basic_credentials(std::string_view authorization) {
    constexpr std::string_view scheme = "Basic ";
    if (!equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return {};
    return base64_decode(authorization.substr(scheme.size()));
}

std::string_view query_of(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const std::size_t mark = url.find('?');
    return mark == std::string_view::npos ? std::string_view{} : url.substr(mark + 1);
}

}  // namespace

std::string compute_signature(std::string_view token, std::string_view url, const Parameters& parameters) {
    const HmacSha1 key(token);
    return signature_under(key, url, appended_parameters(parameters));
}

bool is_form(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
    return type.empty() || equal_ignoring_case(type, "application/x-www-form-urlencoded");
}

SignatureVerifier::SignatureVerifier(const std::vector<std::string>& tokens) {
    for (const std::string& token : tokens) {
        if (!token.empty()) keys_.push_back(std::make_unique<HmacSha1>(token));
    }
}

bool SignatureVerifier::verify(const SignedRequest& request, const Parameters& form) const {
    if (keys_.empty() || request.signature.empty()) return false;
    if (request.get) return signed_by_any(request, {});
    if (is_form(request.content_type)) return signed_by_any(request, appended_parameters(form));
    const Parameters query = parse_form(query_of(request.url));
    const std::string_view promised = value_of(query, "bodySHA256");
    return equal_in_constant_time(promised, sha256_hex(request.body)) && signed_by_any(request, {});
}

bool SignatureVerifier::signed_by_any(const SignedRequest& request, std::string_view appended) const {
    if (matches(request.url.substr(0, request.url.find('#')), appended, request.signature)) return true;
    const auto variants = url_variants(request.url, basic_credentials(request.authorization));
    return std::any_of(variants.begin(), variants.end(), [&](const std::string& variant) {
        return matches(variant, appended, request.signature);
    });
}

bool SignatureVerifier::matches(std::string_view url, std::string_view appended,
                                std::string_view signature) const {
    return std::any_of(keys_.begin(), keys_.end(), [&](const std::unique_ptr<HmacSha1>& key) {
        return equal_in_constant_time(signature_under(*key, url, appended), signature);
    });
}

}  // namespace jackgw::sms
