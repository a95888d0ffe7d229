#include "http/outgoing/tls.h"

#include <Poco/Net/Context.h>

#include <new>

#include "base/errors.h"
#include "http/outgoing/tls_transport.h"

namespace jackgw::http {

struct TlsContext::Parts {
    Poco::Net::Context::Ptr context;
    BioMethod method{nullptr, &BIO_meth_free};
};

TlsContext::TlsContext(const std::string& ca_file) : parts_(std::make_unique<Parts>()) {
    try {
        // An explicit context: the default one of Poco's SSLManager looks for an application's configuration
        // and may ask on the terminal. It holds OpenSSL's initialisation for its own life, so there is none
        // to balance here.
        Poco::Net::Context::Params params;
        params.caLocation = ca_file;
        params.loadDefaultCAs = ca_file.empty();
        params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
        params.cipherList = "HIGH:!aNULL:!eNULL:!MD5";
        parts_->context = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
        parts_->context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    } catch (const Poco::Exception& error) {
        throw Error("can't read the certificate authorities" +
                    (ca_file.empty() ? "" : " in '" + ca_file + "'") + ": " + error.displayText());
    }
    SSL_CTX_set_options(parts_->context->sslContext(), SSL_OP_NO_RENEGOTIATION);
    parts_->method = make_socket_bio_method();
    if (!parts_->method) throw std::bad_alloc();
}

TlsContext::~TlsContext() = default;

std::unique_ptr<Transport> TlsContext::connect(const std::string& address, std::uint16_t port,
                                               const std::string& host, SteadyTime deadline,
                                               const Clock& clock, ConnectFault& fault) const {
    auto tcp = connect_tcp(address, port, deadline, clock, fault);
    if (!tcp) return nullptr;
    auto tls =
        std::make_unique<TlsTransport>(std::move(tcp), parts_->context->sslContext(), parts_->method.get());
    if (!tls->expect_host(host)) {
        fault = {false, "'" + host + "' can't be checked against a certificate"};
        return nullptr;
    }
    std::string reason;
    const auto status = tls->shake_hands(deadline, reason);
    if (status == IoStatus::ok) return tls;
    fault.timed_out = status == IoStatus::timed_out;
    fault.what = fault.timed_out ? "no TLS handshake with " + host + " in time"
                                 : "TLS handshake with " + host + " failed: " + reason;
    return nullptr;
}

}  // namespace jackgw::http
