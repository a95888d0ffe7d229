#include "test_certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace jackgw::test {

namespace {

void must(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL can't ") + what);
}

Key new_key() {
    return {EVP_EC_gen("P-256"), &EVP_PKEY_free};
}

void add_extension(X509* certificate, int id, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str()), &X509_EXTENSION_free);
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

Certificate make_certificate(const Key& key, const std::string& common_name, long valid_from,
                             long valid_until) {
    static long serial = 1;
    Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), valid_from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_until);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    return certificate;
}

void sign(const Certificate& certificate, X509* issuer, const Key& key) {
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "sign a certificate");
}

}  // namespace

TestAuthority::TestAuthority() {
    self_.key = new_key();
    self_.certificate = make_certificate(self_.key, "Test authority", -86400, 86400);
    add_extension(self_.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    sign(self_.certificate, self_.certificate.get(), self_.key);

    std::string name = (std::filesystem::temp_directory_path() / "jackgw-ca-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    must(descriptor >= 0, "make a file");
    file_ = name;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(::fdopen(descriptor, "w"), &std::fclose);
    must(PEM_write_X509(file.get(), self_.certificate.get()) == 1, "write a certificate");
}

TestAuthority::~TestAuthority() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

Identity TestAuthority::issue(const std::string& names, long valid_from, long valid_until) const {
    Identity identity{new_key(), {}};
    identity.certificate = make_certificate(identity.key, "Test server", valid_from, valid_until);
    add_extension(identity.certificate.get(), NID_subject_alt_name, names);
    sign(identity.certificate, self_.certificate.get(), self_.key);
    return identity;
}

Identity self_signed(const std::string& names) {
    Identity identity{new_key(), {}};
    identity.certificate = make_certificate(identity.key, "Test server", -3600, 3600);
    add_extension(identity.certificate.get(), NID_subject_alt_name, names);
    sign(identity.certificate, identity.certificate.get(), identity.key);
    return identity;
}

}  // namespace jackgw::test
