#include "conversations/records/dedup.h"

#include <openssl/evp.h>

#include <array>
#include <string>

#include "base/errors.h"

namespace jackgw::conversations {

namespace {

/// 128 bits of SHA-256 in hexadecimal: enough that no two keys ever meet, half the size.
std::string hash(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) {
        joined += std::to_string(part.size());  // with lengths, so that no part runs into the next
        joined += ':';
        joined += part;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    if (EVP_Digest(joined.data(), joined.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw Error("SHA-256 is not available: check the OpenSSL configuration");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 16; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 0xf];
    }
    return text;
}

}  // namespace

std::optional<std::int64_t> remember(store::Transaction& transaction,
                                     std::initializer_list<std::string_view> parts, std::int64_t seq) {
    const std::string key = hash(parts);
    if (transaction.db().run("INSERT INTO dedup (key, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING", key,
                             seq) != 0)
        return std::nullopt;
    store::Statement known = transaction.db().query("SELECT seq FROM dedup WHERE key = ?1", key);
    return known.step() ? known.integer(0) : seq;
}

}  // namespace jackgw::conversations
