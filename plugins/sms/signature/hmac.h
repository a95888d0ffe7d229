#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

struct evp_mac_ctx_st;

namespace jackgw::sms {

/// HMAC-SHA1 under one key. Keying costs more than hashing a form, so keyed contexts are kept in a pool and
/// used again: not in thread-local storage, whose destructors would pin the plugin in memory. Safe from any
/// thread.
class HmacSha1 {
  public:
    using Digest = std::array<unsigned char, 20>;

    explicit HmacSha1(std::string_view key);
    ~HmacSha1();
    HmacSha1(HmacSha1&&) = delete;

    /// Of the pieces one after the other.
    Digest compute(std::initializer_list<std::string_view> pieces) const;

  private:
    struct Free {
        void operator()(evp_mac_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_mac_ctx_st, Free>;

    Context take() const;
    Context make() const;

    std::string key_;
    mutable std::mutex mutex_;
    mutable std::vector<Context> idle_;
};

/// Standard base64 with padding.
std::string base64(std::string_view bytes);

/// Nothing if the text is not base64 with padding.
std::string base64_decode(std::string_view text);

/// Lower-case hex of the SHA-256.
std::string sha256_hex(std::string_view bytes);

/// Compares in a time that depends on the lengths alone.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace jackgw::sms
