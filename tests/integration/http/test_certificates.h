#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>

namespace jackgw::test {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

/// What a TLS server shows.
struct Identity {
    Key key;
    Certificate certificate;
};

/// A certificate authority that lives as long as the test. Its certificate is in a file that is removed with
/// it.
class TestAuthority {
  public:
    TestAuthority();
    ~TestAuthority();

    std::string ca_file() const { return file_.string(); }

    /// `names`: as in openssl.cnf, "DNS:provider.test,IP:127.0.0.1". The times are seconds from now.
    Identity issue(const std::string& names, long valid_from = -3600, long valid_until = 3600) const;

  private:
    Identity self_;
    std::filesystem::path file_;
};

/// Signed by itself, trusted by nobody.
Identity self_signed(const std::string& names);

}  // namespace jackgw::test
