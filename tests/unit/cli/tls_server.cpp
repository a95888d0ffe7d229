#include "tls_server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace jackgw::test {

namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Deleter<std::fclose>>;

/// A certificate for "localhost" that signs itself.
Certificate make_certificate(EVP_PKEY* key) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const auto* common = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost"));
    X509_add_ext(certificate.get(), extension.get(), -1);
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) throw std::runtime_error("cannot sign");
    return certificate;
}

class Handler : public Poco::Net::HTTPRequestHandler {
    void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override {
        response.setContentType("application/json");
        response.send() << R"({"data":[]})";
    }
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return std::make_unique<Handler>().release();  // Poco takes it
    }
};

}  // namespace

struct TlsServer::Parts {
    explicit Parts(const std::string& prefix) : key_file(prefix + ".key"), certificate_file(prefix + ".pem") {
        Poco::Net::initializeSSL();
        const Key key(EVP_EC_gen("P-256"));
        const Certificate certificate = make_certificate(key.get());
        PEM_write_PrivateKey(File(std::fopen(key_file.c_str(), "w")).get(), key.get(), nullptr, nullptr, 0,
                             nullptr, nullptr);
        PEM_write_X509(File(std::fopen(certificate_file.c_str(), "w")).get(), certificate.get());
        Poco::Net::Context::Params parameters;
        parameters.privateKeyFile = key_file;
        parameters.certificateFile = certificate_file;
        parameters.verificationMode = Poco::Net::Context::VERIFY_NONE;
        socket = std::make_unique<Poco::Net::SecureServerSocket>(
            Poco::Net::SocketAddress("127.0.0.1", 0), 8,
            Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_SERVER_USE, parameters));
        server = std::make_unique<Poco::Net::HTTPServer>(Poco::makeShared<Factory>(), *socket,
                                                         Poco::makeAuto<Poco::Net::HTTPServerParams>());
        server->start();
    }
    ~Parts() {
        server->stopAll(true);
        std::filesystem::remove(key_file);
        std::filesystem::remove(certificate_file);
    }

    std::string key_file;
    std::string certificate_file;
    std::unique_ptr<Poco::Net::SecureServerSocket> socket;
    std::unique_ptr<Poco::Net::HTTPServer> server;
};

TlsServer::TlsServer(const std::string& prefix) : parts_(std::make_unique<Parts>(prefix)) {}

TlsServer::~TlsServer() = default;

std::uint16_t TlsServer::port() const {
    return parts_->socket->address().port();
}

const std::string& TlsServer::certificate_file() const {
    return parts_->certificate_file;
}

}  // namespace jackgw::test
