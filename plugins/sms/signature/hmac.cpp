#include "sms/signature/hmac.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <stdexcept>
#include <utility>

namespace jackgw::sms {

namespace {

constexpr std::size_t pool_limit = 64;  // more than that many threads at once free theirs again

void check(int result) {
    if (result != 1) throw std::runtime_error("OpenSSL refused to compute an HMAC or a hash");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

HmacSha1::HmacSha1(std::string_view key) : key_(key) {}

HmacSha1::~HmacSha1() {
    OPENSSL_cleanse(key_.data(), key_.size());
}

void HmacSha1::Free::operator()(evp_mac_ctx_st* context) const {
    EVP_MAC_CTX_free(context);
}

HmacSha1::Context HmacSha1::make() const {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                &EVP_MAC_free);
    Context context(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr);
    if (!context) throw std::runtime_error("OpenSSL offers no HMAC");
    std::string digest = "SHA1";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    check(EVP_MAC_init(context.get(), bytes_of(key_), key_.size(), parameters));
    return context;
}

HmacSha1::Context HmacSha1::take() const {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            Context context = std::move(idle_.back());
            idle_.pop_back();
            return context;
        }
    }
    return make();
}

HmacSha1::Digest HmacSha1::compute(std::initializer_list<std::string_view> pieces) const {
    Context context = take();
    check(EVP_MAC_init(context.get(), nullptr, 0, nullptr));  // the same key again
    for (const std::string_view piece : pieces) {
        check(EVP_MAC_update(context.get(), bytes_of(piece), piece.size()));
    }
    Digest digest{};
    std::size_t length = 0;
    check(EVP_MAC_final(context.get(), digest.data(), &length, digest.size()));

    const std::lock_guard lock(mutex_);
    if (idle_.size() < pool_limit) idle_.push_back(std::move(context));
    return digest;
}

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock writes a NUL behind it
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes),
                                       static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    std::string out(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(text),
                                       static_cast<int>(text.size()));
    if (length < 0) return {};
    std::size_t padding = 0;  // EVP_DecodeBlock counts the padding as NUL bytes
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    out.resize(static_cast<std::size_t>(length) - padding);
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    unsigned length = 0;
    check(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr));
    std::string out;
    for (const unsigned char byte : digest) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace jackgw::sms
